import { ACUITY_WORDS, type AcuityWord, readAcuity } from './acuity-reading';

/** Near vision with what somebody wears for it. */
export const NEAR_METHODS = ['unaided', 'glasses', 'refraction'] as const;
export type NearMethod = (typeof NEAR_METHODS)[number];
export const NEAR_LABEL: Record<NearMethod, string> = {
  unaided: 'Near, unaided',
  glasses: 'Near, with own glasses',
  refraction: 'Near, best corrected',
};

/** As it was read, "N6" or "J2", and the distance in centimetres where it was said. */
export type NearAcuity = { as: string; cm?: number } | { word: AcuityWord };

/** The N-scale and the place of each on the scale of distance acuity, at 40 cm. */
const N_SCALE: Readonly<Record<string, number>> = {
  ...{ N3: 110, N4: 105, N5: 100, N6: 95, N8: 90, N10: 85, N12: 81 },
  ...{ N14: 77, N18: 71, N24: 66, N36: 56, N48: 50 },
};
const JAEGER = 20;
const PROBLEM = 'Write near vision such as N6, N8p or J2.';

/** Near vision as people type it: "n6", "N8p @ 33cm", "j2", "<N36". */
export function readNearAcuity(typed: string): NearAcuity | { problem: string } {
  const text = typed.trim().toLowerCase().replace(/\s+/g, ' ');
  const word = readAcuity(text);
  if ('word' in word) return word;
  const match =
    /^(<)? ?(n|j|m|jaeger) ?[./]? ?(\d{1,2}(?:\.\d)?) ?(p|partial|\+)?(?: ?(?:@|at|\/)? ?(\d{2,3}) ?(?:cm)?)?$/.exec(
      text,
    );
  if (!match) return { problem: PROBLEM };
  const scale = match[2]?.charAt(0).toUpperCase() ?? '';
  const size = `${scale}${match[3]}`;
  const isKnown =
    scale === 'N'
      ? Object.hasOwn(N_SCALE, size)
      : scale === 'J'
        ? Number(match[3]) >= 1 && Number(match[3]) <= JAEGER
        : Number(match[3]) <= 20;
  if (!isKnown) return { problem: PROBLEM };
  const cm = match[5] ? Number(match[5]) : undefined;
  if (cm !== undefined && (cm < 10 || cm > 100))
    return { problem: 'Write the distance in cm, from 10 to 100.' };
  return { as: `${match[1] ?? ''}${size}${match[4]?.charAt(0) ?? ''}`, ...(cm === undefined ? {} : { cm }) };
}

export const nearShown = (one: NearAcuity): string =>
  'word' in one ? ACUITY_WORDS[one.word] : `${one.as}${one.cm ? ` at ${one.cm} cm` : ''}`;

/** The place of a reading on the scale; null for what is not on the N-scale. */
export const nearBase = (one: NearAcuity): number | null =>
  'as' in one ? (N_SCALE[one.as.replace(/[p+]$/, '')] ?? null) : null;

export const NEAR_CHOICES: readonly string[] = [...Object.keys(N_SCALE), '<N48'];
