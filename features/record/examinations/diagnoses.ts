import list from './diagnosis-list.json';

// Diagnoses of an eye clinic by their codes of ICD-10 (WHO): the chapter of the eye and what is coded beside
// it. The eye is kept beside the code, not in it. Each row: code, words, and how else it is called.
type Known = { code: string; name: string; also: string };
const KNOWN: readonly Known[] = list.diagnoses.map(([code = '', name = '', also = '']) => ({
  code,
  name,
  also,
}));

export const DIAGNOSIS_CODES: readonly string[] = KNOWN.map(({ code }) => code);
const NAMES: ReadonlyMap<string, string> = new Map(KNOWN.map(({ code, name }) => [code, name]));

export const isDiagnosisCode = (code: string): boolean => NAMES.has(code);

/** The words for a code; a code that the list no longer has speaks for itself. */
export const diagnosisName = (code: string): string => NAMES.get(code) ?? code;

/** A diagnosis in words: those of the list, or the doctor's own. */
export const diagnosisText = ({ code, text }: { code: string; text?: string }): string =>
  text ?? diagnosisName(code);

/** Spellings that are typed for each other, and codes without their point. */
const folded = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f.]/g, '')
    .replace(/haem/g, 'hem')
    .replace(/oed/g, 'ed');

/** How well a diagnosis fits one typed word: 0 not at all; an abbreviation counts most after the code. */
function fitOf({ code, name, also }: Known, word: string): number {
  const own = folded(name).split(/[^\p{L}\p{N}]+/u);
  const others = folded(also).split(/\s+/);
  if (folded(code) === word) return 6;
  if (others.includes(word)) return 5;
  if (own[0]?.startsWith(word)) return 4;
  if (own.some((one) => one.startsWith(word))) return 3;
  if (folded(code).startsWith(word) || others.some((one) => one.startsWith(word))) return 2;
  // Two letters inside of a word mean nothing: "dr" is not in "hydrops".
  return word.length >= 4 && own.some((one) => one.includes(word)) ? 1 : 0;
}

/** Diagnoses that fit all typed words, by name, abbreviation or code; the best first. */
export function findDiagnoses(typed: string): { code: string; name: string }[] {
  const words = folded(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return KNOWN.map((one) => ({ one, fits: words.map((word) => fitOf(one, word)) }))
    .filter(({ fits }) => fits.every((fit) => fit > 0))
    .map(({ one, fits }) => ({ one, fit: fits.reduce((sum, fit) => sum + fit, 0) }))
    .sort((a, b) => b.fit - a.fit || a.one.name.localeCompare(b.one.name))
    .map(({ one: { code, name } }) => ({ code, name }));
}
