import {
  PRISM_BASES,
  type PrismBase,
  powerText,
  type Refraction,
  standAcross,
} from '@/features/record/examinations/refraction';
import type { RefractionSet } from '@/features/record/examinations/refraction-sets';
import {
  COATINGS,
  INDEXES,
  type LensCoating,
  type LensIndex,
  type LensMaterial,
  type LensTint,
  type LensUse,
  MATERIALS,
  TINTS,
  USES,
} from './lens-details';

export const EYES = ['right', 'left'] as const;
export type SpectacleEye = (typeof EYES)[number];

export const KINDS = {
  distance: 'Single vision, distance',
  near: 'Single vision, near',
  bifocal: 'Bifocal',
  trifocal: 'Trifocal',
  progressive: 'Progressive',
  office: 'Office',
} as const;
type SpectacleKind = keyof typeof KINDS;
/** These can have a power of its own between far and near. */
const HAS_MIDDLE: ReadonlySet<string> = new Set(['trifocal', 'progressive', 'office']);
/** These have two powers in one lens, so they need an addition. */
const NEEDS_ADD: ReadonlySet<SpectacleKind> = new Set(['bifocal', 'trifocal', 'progressive', 'office']);

export const hasMiddle = (kind: string): boolean => HAS_MIDDLE.has(kind);

/** How long it holds unless somebody says otherwise, in months. */
export const VALID_MONTHS = 12;

type Prism = { quarters: number; base: PrismBase };

/** Millimetres from the cornea to the lens: powers beyond 4 dioptres hold for that place. */
export const VERTEX = { least: 8, most: 18 } as const;

/** FHIR lensSpecification, in quarter dioptres and quarter prism dioptres. */
export type Lens = Refraction & {
  prism?: Prism | undefined;
  /** Across the first: up or down where that is in or out. */
  secondPrism?: Prism | undefined;
  /** Addition for the middle distance; less than that for reading. */
  middleAdd?: number | undefined;
};

/** Of each eye, in half millimetres: pupil to the middle of the nose. */
export type Pupils = Partial<Record<SpectacleEye, number>>;

/**
 * The pupils of a measured set, with how they were measured in words; null where nobody measured them. Of a
 * distance of both eyes each has half, and of an odd one the right eye has the half millimetre more.
 */
export function measuredPupils(
  set: RefractionSet,
  part: 'pdFar' | 'pdNear',
): { pupils: Pupils; text: string } | null {
  const own = EYES.flatMap((eye) => {
    const half = set[eye]?.[part];
    return half ? [[eye, half] as const] : [];
  });
  if (own.length > 0)
    return {
      pupils: Object.fromEntries(own),
      text: own.map(([eye, half]) => `${eye} ${pupilText(half)}`).join(', '),
    };
  const both = set[part];
  if (!both) return null;
  const left = Math.floor(both / 2);
  return {
    pupils: { right: both - left, left },
    text: `${pupilText(both)} for both eyes, halved${both % 2 === 1 ? ', the half more to the right' : ''}`,
  };
}

/** FHIR VisionPrescription; `none` is a prescription too: no glasses advised. */
export type Spectacles =
  | { advice: 'none'; remarks?: string | undefined }
  | {
      advice: 'glasses';
      /** The eye without one has a balance lens: of the other's look, without a power that was measured. */
      right?: Lens | undefined;
      left?: Lens | undefined;
      /** Looking far. */
      pupils?: Pupils | undefined;
      middlePupils?: Pupils | undefined;
      nearPupils?: Pupils | undefined;
      vertexMm?: number | undefined;
      kind: SpectacleKind;
      material?: LensMaterial | undefined;
      index?: LensIndex | undefined;
      coatings?: readonly LensCoating[] | undefined;
      tint?: LensTint | undefined;
      use?: LensUse | undefined;
      validMonths: number;
      remarks?: string | undefined;
    };

/** In eighths of a dioptre: sphere and half of the cylinder. */
export const sphericalEquivalent = ({ sphere, cylinder }: Refraction): number => sphere * 2 + cylinder;

export function spectaclesProblem(given: Spectacles): string | null {
  if (given.advice === 'none') return null;
  if (!given.right && !given.left) return 'Write the lens of an eye, or that no glasses are advised.';
  const lenses = [given.right, given.left].filter((lens) => lens !== undefined);
  if (NEEDS_ADD.has(given.kind) && lenses.every(({ add }) => !add))
    return `${KINDS[given.kind]} lenses need an addition for reading.`;
  if (given.kind === 'distance' && lenses.some(({ add }) => add))
    return 'An addition is written: choose bifocal, progressive, or another kind that has one.';
  if (!hasMiddle(given.kind) && (lenses.some(({ middleAdd }) => middleAdd) || hasAny(given.middlePupils)))
    return `${KINDS[given.kind]} lenses have nothing between far and near: choose trifocal, progressive or office.`;
  if (lenses.some(({ add, middleAdd }) => middleAdd && middleAdd >= (add ?? 0)))
    return 'The addition for the middle distance is less than that for reading.';
  if (
    lenses.some(
      ({ prism, secondPrism }) => secondPrism && (!prism || !standAcross(prism.base, secondPrism.base)),
    )
  )
    return 'Two prisms of one lens stand across each other: one up or down, one in or out.';
  return null;
}

const hasAny = (pupils: Pupils | undefined): boolean => EYES.some((eye) => pupils?.[eye]);

const sphereText = (quarters: number): string => (quarters === 0 ? 'plano' : powerText(quarters));

const prismText = ({ quarters, base }: Prism): string =>
  `${(quarters / 4).toFixed(2)} ${PRISM_BASES[base].toLowerCase()}`;

/** Sphere, cylinder, axis, add and prism, as they stand in the boxes of the paper. */
export const lensCells = ({ sphere, cylinder, axis, add, prism, secondPrism }: Lens): string[] => [
  sphereText(sphere),
  cylinder === 0 ? '' : powerText(cylinder),
  cylinder === 0 ? '' : `${axis}°`,
  add ? powerText(add) : '',
  [prism, secondPrism].flatMap((one) => (one ? [prismText(one)] : [])).join(', '),
];

/** What the lenses are made of and for, each with its label; nothing of what is left to the optician. */
export function lensFacts(given: Extract<Spectacles, { advice: 'glasses' }>) {
  const { material, index, coatings = [], tint, use } = given;
  return [
    ...(material ? [{ label: 'Material', value: MATERIALS[material] }] : []),
    ...(index ? [{ label: 'Index', value: INDEXES[index] }] : []),
    ...(coatings.length > 0
      ? [{ label: 'Coatings', value: coatings.map((one) => COATINGS[one]).join(', ') }]
      : []),
    ...(tint ? [{ label: 'Tint', value: TINTS[tint] }] : []),
    ...(use ? [{ label: 'Use', value: USES[use] }] : []),
  ];
}

/** "31.5 mm". */
export const pupilText = (halfMillimetres: number): string => `${halfMillimetres / 2} mm`;

/** How often the glasses of a visit were written or voided: each time it is another version. */
export const glassesVersion = (ofVisit: readonly { isVoid: boolean }[]): number =>
  ofVisit.length + ofVisit.filter(({ isVoid }) => isVoid).length;

/** What the optical shop says of glasses that were prescribed. */
export const MADE_OUTCOMES = {
  'as-prescribed': 'Made as prescribed',
  changed: 'Made otherwise',
  'not-made': 'Not made',
} as const;
export type MadeOutcome = keyof typeof MADE_OUTCOMES;
export const MADE_OUTCOME_IDS = Object.keys(MADE_OUTCOMES) as [MadeOutcome, ...MadeOutcome[]];
