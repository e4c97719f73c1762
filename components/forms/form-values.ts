import { type Fields, readFields, withoutSecrets } from '@/lib/forms';
import { OBJECT_ID } from '@/lib/object-id';

/** Ends the name under which the words of a chosen record are kept beside its id. */
export const WORDS = '.words';

/** What goes along with a form and nobody typed: which record it is, in which version, by which press. */
const GOES_ALONG: ReadonlySet<string> = new Set(['version', 'requestKey', 'prescriptionId']);

/** What was typed of what a form posts, without secrets. */
export const typedOf = (posted: Fields): Fields =>
  Object.fromEntries(Object.entries(withoutSecrets(posted)).filter(([name]) => !GOES_ALONG.has(name)));

/** What a form holds now. */
export function valuesOf(form: HTMLFormElement): Fields {
  const fields = typedOf(readFields(new FormData(form)) ?? {});
  for (const chosen of form.querySelectorAll<HTMLInputElement>('input[type="hidden"][data-shown]'))
    if (!chosen.name.endsWith('[]') && chosen.value)
      fields[`${chosen.name}${WORDS}`] = chosen.dataset.shown ?? '';
  return fields;
}

/** Browsers give these a value where they came without one. */
const FILLED_IN: ReadonlySet<string> = new Set(['color', 'range']);
/** A box takes out line ends, and spaces around an address. */
const bare = (text: string): string => text.replace(/\s/g, '');

/** Whether a control holds something else than what it came with. */
function isTypedInto(control: Element): boolean {
  if (control instanceof HTMLSelectElement)
    return [...control.options].some((one) => one.defaultSelected && !one.selected);
  const isInput = control instanceof HTMLInputElement;
  if (isInput && FILLED_IN.has(control.type)) return false;
  if (isInput && control.checked !== control.defaultChecked) return true;
  return (
    (isInput || control instanceof HTMLTextAreaElement) && bare(control.value) !== bare(control.defaultValue)
  );
}

/** What a form came with, where somebody has typed into it before the page was awake; else null. */
export function valuesBefore(form: HTMLFormElement): Fields | null {
  if (![...form.elements].some(isTypedInto)) return null;
  const asItCame = form.cloneNode(true) as HTMLFormElement;
  asItCame.reset();
  return valuesOf(asItCame);
}

/** An unchecked box and a list without entries post nothing, which is the same as empty. */
function textOf(value: string | string[] | undefined): string {
  if (Array.isArray(value)) return value.length > 0 ? JSON.stringify(value) : '';
  return (value ?? '').replaceAll('\r\n', '\n');
}

const namesOf = (...all: readonly Fields[]): string[] => [...new Set(all.flatMap(Object.keys))];

export const isSame = (a: Fields, b: Fields): boolean =>
  namesOf(a, b).every((name) => textOf(a[name]) === textOf(b[name]));

const MAX_PREVIEW = 160;
/** A list or a record that a form of its own making posts: nobody reads it. */
const STRUCTURE = /^(\[[[{"\d]|\{")/;

/** The texts that were typed, so that one knows what it is before bringing it back. */
export function previewOf(fields: Fields, base: Fields): string {
  const texts = Object.entries(fields).flatMap(([name, value]) => {
    // What has words of its own is shown by them.
    if (typeof value !== 'string' || Object.hasOwn(fields, `${name}${WORDS}`)) return [];
    if (STRUCTURE.test(value) || OBJECT_ID.test(value)) return [];
    return /[\p{L}]/u.test(value) && base[name] !== value ? [value.trim()] : [];
  });
  const all = texts.join(' · ').replace(/\s+/g, ' ');
  return all.length > MAX_PREVIEW ? `${all.slice(0, MAX_PREVIEW)}…` : all;
}

export type Merge = {
  /** What the form should hold: theirs where only they have changed a field, mine where I have. */
  values: Fields;
  /** Fields that both have changed, each otherwise. */
  conflicts: string[];
  /** Fields that only they have changed. */
  taken: string[];
};

/** Three-way: what the form said when it was opened, what I have typed, and what was saved meanwhile. */
export function mergeFields(base: Fields, mine: Fields, theirs: Fields): Merge {
  const merge: Merge = { values: {}, conflicts: [], taken: [] };
  for (const name of namesOf(base, mine, theirs)) {
    const isWords = name.endsWith(WORDS);
    const [was, is, other] = [textOf(base[name]), textOf(mine[name]), textOf(theirs[name])];
    const isTheirs = is === was && other !== was;
    if (isTheirs && !isWords) merge.taken.push(name);
    else if (!isWords && !isTheirs && other !== was && other !== is) merge.conflicts.push(name);
    merge.values[name] = (isTheirs ? theirs[name] : mine[name]) ?? '';
  }
  return merge;
}

/** A value as people read it: the words of a choice instead of its code. */
export function shownIn(form: HTMLFormElement, name: string): string {
  const list = [...form.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(`${name}[]`)}"]`)];
  if (list.length > 0) return list.map(wordsOf).filter(Boolean).join('; ') || 'nothing';
  const found = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  return found.map(wordsOf).filter(Boolean).join(', ') || 'nothing';
}

function wordsOf(control: Element): string {
  if (control instanceof HTMLSelectElement)
    return control.value === '' ? '' : (control.selectedOptions[0]?.text ?? '');
  if (control instanceof HTMLTextAreaElement) return control.value;
  if (!(control instanceof HTMLInputElement)) return '';
  if (control.type === 'checkbox' && !control.name.endsWith('[]')) return control.checked ? 'yes' : 'no';
  if (control.type === 'checkbox' || control.type === 'radio')
    return control.checked ? (control.labels?.[0]?.textContent ?? control.value) : '';
  return control.dataset.shown ?? control.value;
}
