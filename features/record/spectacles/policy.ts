import {
  PRISM_BASES,
  type PrismBase,
  powerText,
  type Refraction,
} from '@/features/record/examinations/refraction';

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
/** These have two powers in one lens, so they need an addition. */
const NEEDS_ADD: ReadonlySet<SpectacleKind> = new Set(['bifocal', 'trifocal', 'progressive', 'office']);

export const MATERIALS = {
  'cr-39': 'CR-39 plastic',
  polycarbonate: 'Polycarbonate',
  'high-index': 'High index',
  glass: 'Glass',
} as const;
type LensMaterial = keyof typeof MATERIALS;

/** How long it holds unless somebody says otherwise, in months. */
export const VALID_MONTHS = 12;

/** FHIR lensSpecification, in quarter dioptres and quarter prism dioptres. */
export type Lens = Refraction & { prism?: { quarters: number; base: PrismBase } | undefined };

/** FHIR VisionPrescription; `none` is a prescription too: no glasses advised. */
export type Spectacles =
  | { advice: 'none'; remarks?: string | undefined }
  | {
      advice: 'glasses';
      right?: Lens | undefined;
      left?: Lens | undefined;
      /** Pupil to the middle of the nose, in half millimetres. */
      pupils?: Partial<Record<SpectacleEye, number>> | undefined;
      kind: SpectacleKind;
      material?: LensMaterial | undefined;
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
  return null;
}

const sphereText = (quarters: number): string => (quarters === 0 ? 'plano' : powerText(quarters));

/** Sphere, cylinder, axis, add and prism, as they stand in the boxes of the paper. */
export const lensCells = ({ sphere, cylinder, axis, add, prism }: Lens): string[] => [
  sphereText(sphere),
  cylinder === 0 ? '' : powerText(cylinder),
  cylinder === 0 ? '' : `${axis}°`,
  add ? powerText(add) : '',
  prism ? `${(prism.quarters / 4).toFixed(2)} ${PRISM_BASES[prism.base].toLowerCase()}` : '',
];

/** "31.5 mm". */
export const pupilText = (halfMillimetres: number): string => `${halfMillimetres / 2} mm`;

/** How often the glasses of a visit were written or voided: each time it is another version. */
export const glassesVersion = (ofVisit: readonly { isVoid: boolean }[]): number =>
  ofVisit.length + ofVisit.filter(({ isVoid }) => isVoid).length;
