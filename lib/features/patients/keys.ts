/** Words of a name as they are searched: lower case, without accents, in any script. */
export function nameKeysOf(...names: (string | undefined)[]): string[] {
  const words = names
    .join(' ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return [...new Set(words)];
}

/** Digits of a phone number without the country's part: the last ten. */
export const phoneKeyOf = (phone: string): string => phone.replace(/\D/g, '').slice(-10);

/** `P-000042` for 42. */
export const patientNumberOf = (count: number): string => `P-${String(count).padStart(6, '0')}`;

export type ParsedSearch =
  | { kind: 'none' }
  | { kind: 'number'; number: string }
  | { kind: 'phone'; digits: string }
  | { kind: 'name'; words: string[] };

/** What somebody typed into the search box: a patient number, digits of a phone, or parts of a name. */
export function parseSearch(text: string): ParsedSearch {
  const typed = text.trim();
  const number = typed.match(/^p\s*-?\s*(\d{1,9})$/i)?.[1];
  if (number) return { kind: 'number', number: patientNumberOf(Number(number)) };
  const digits = typed.replace(/[\s().+-]/g, '');
  if (/^\d{4,}$/.test(digits)) return { kind: 'phone', digits: digits.slice(-10) };
  if (/^\d{1,3}$/.test(digits)) return { kind: 'number', number: patientNumberOf(Number(digits)) };
  const words = nameKeysOf(typed).slice(0, 5);
  return words.length > 0 ? { kind: 'name', words } : { kind: 'none' };
}
