/** Markup that is safe as it is. */
export class Html {
  constructor(readonly markup: string) {}
}

type Piece = Html | string | number | null | undefined | false | readonly Piece[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeText = (value: string): string =>
  value.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);

function render(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return '';
  if (piece instanceof Html) return piece.markup;
  if (typeof piece === 'string' || typeof piece === 'number') return escapeText(String(piece));
  return piece.map(render).join('');
}

/** A template whose values are escaped, unless they are Html themselves. */
export const html = (parts: TemplateStringsArray, ...values: Piece[]): Html =>
  new Html(
    parts.reduce((all, part, index) => all + part + (index < values.length ? render(values[index]) : ''), ''),
  );

/** An amount in the smallest unit of its currency, as people write it. */
export function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** A day, from seconds since 1970. */
export const day = (seconds: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(seconds * 1_000);

/** The same for a table. */
export const shortDay = (seconds: number): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(seconds * 1_000);

/** Day and time, from seconds since 1970. */
export const moment = (seconds: number): string =>
  `${new Date(seconds * 1_000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
