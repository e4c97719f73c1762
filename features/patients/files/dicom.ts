import type { DicomFacts } from '@/lib/pictures/dicom';
import type { DocumentEye, DocumentKind } from './policy';

/** What a class of DICOM objects shows, by the end of its number. */
const KINDS: Readonly<Record<string, DocumentKind>> = {
  '77.1.5.1': 'fundus',
  '77.1.5.2': 'fundus',
  '78.7': 'biometry',
  '78.8': 'biometry',
  '79.1': 'oct-macula',
  '80.1': 'field',
  '82.1': 'topography',
};
const MODALITIES: Readonly<Record<string, DocumentKind>> = {
  OPV: 'field',
  OAM: 'biometry',
  IOL: 'biometry',
  KER: 'topography',
  US: 'b-scan',
};
/** Words of the device, the more telling first. */
const WORDS: readonly (readonly [RegExp, DocumentKind])[] = [
  [/angiogra|fluoresc|\bicga?\b|\boct-?a\b/i, 'angiography'],
  [/slit.?lamp/i, 'slit-lamp'],
  [/specular|endotheli/i, 'specular'],
  [/pachy/i, 'pachymetry'],
  [/topograph/i, 'topography'],
];

/** What a file is of, by its own words; undefined where they do not tell. */
export function kindSaid({ sopClass, modality, words }: DicomFacts): DocumentKind | undefined {
  const told = WORDS.find(([pattern]) => pattern.test(words))?.[1];
  if (told) return told;
  if (modality === 'OPT') {
    if (/disc|disk|\bonh\b|optic|rnfl|glaucoma/i.test(words)) return 'oct-disc';
    return /macula|retina|fovea/i.test(words) ? 'oct-macula' : undefined;
  }
  const ending = Object.keys(KINDS).find((end) => sopClass.endsWith(`.5.1.4.1.1.${end}`));
  return (
    (ending && KINDS[ending]) || MODALITIES[modality] || (sopClass.endsWith('.104.1') ? 'report' : undefined)
  );
}

export const eyeSaid = ({ laterality }: DicomFacts): DocumentEye | undefined =>
  (({ R: 'right', L: 'left', B: 'both' }) as const)[laterality];

/** The day it was taken; undefined where the clock of the device is ahead. */
export const daySaid = ({ takenOn }: DicomFacts, today: string): string | undefined =>
  takenOn && takenOn >= '1990-01-01' && takenOn <= today ? takenOn : undefined;

type Person = { number: string; name: string; dateOfBirth: string; isBirthEstimated: boolean; sex: string };

const wordsOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{M}]+/gu, ' ')
    .trim()
    .split(' ')
    .sort()
    .join(' ');

/**
 * In what a file's own patient differs from ours, and its eye from the one that was chosen. What either does
 * not say does not differ.
 * @returns the name of each field, and the sentence that asks about it
 */
export function differencesOf(
  facts: DicomFacts,
  patient: Person,
  chosen: DocumentEye | undefined,
): { field: string; sentence: string }[] {
  const { id, name, birthDate, sex } = facts.patient;
  const eye = eyeSaid(facts);
  const all: [string, boolean, string][] = [
    [
      'name',
      name !== '' && wordsOf(name) !== wordsOf(patient.name),
      `It has the name ${name}; this patient is ${patient.name}.`,
    ],
    [
      'number',
      id !== '' && id.toLowerCase() !== patient.number.toLowerCase(),
      `It has the number ${id}; this patient has ${patient.number}.`,
    ],
    [
      'dateOfBirth',
      birthDate !== '' && !patient.isBirthEstimated && birthDate !== patient.dateOfBirth,
      `It has the birth date ${birthDate}; this patient was born on ${patient.dateOfBirth}.`,
    ],
    [
      'sex',
      (sex === 'M' && patient.sex === 'female') || (sex === 'F' && patient.sex === 'male'),
      `It is of a ${sex === 'M' ? 'man' : 'woman'}; this patient is ${patient.sex}.`,
    ],
    [
      'eye',
      Boolean(eye && chosen && eye !== chosen),
      `It shows ${EYE_WORDS[eye ?? 'both']}; ${EYE_WORDS[chosen ?? 'both']} was chosen.`,
    ],
  ];
  return all
    .filter(([, differs]) => differs)
    .map(([field, , sentence]) => ({ field, sentence: sentence.slice(0, 300) }));
}

const EYE_WORDS = { right: 'the right eye', left: 'the left eye', both: 'both eyes' } as const;
