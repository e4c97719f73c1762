import {
  ADDS,
  CYLINDERS,
  type PowerRange,
  PRISM_BASES,
  PRISMS,
  SPHERES,
} from '@/features/record/examinations/refraction';
import { keysOf } from '@/lib/address-query';
import type { Day } from '@/lib/time';
import {
  EYES,
  type KINDS,
  type Lens,
  type MATERIALS,
  type SpectacleEye,
  type Spectacles,
  spectaclesProblem,
} from './policy';

/*
 * Glasses as a scanner types them: "CVG1.3.20261129.12.0.SN5CN2A90D8P63.S0". What they are made from, and
 * nothing that says whose they are. Digits, letters and points alone: scanners are keyboards, and those are
 * the keys that stay where they are in most countries. A change of what it means is a new figure after CVG.
 */
const FORMAT = 'CVG1';
// Places in these lists are printed on papers: new ones are added at the end.
const KIND_CODES = ['distance', 'near', 'bifocal', 'trifocal', 'progressive', 'office'] as const;
const MATERIAL_CODES = ['', 'cr-39', 'polycarbonate', 'high-index', 'glass'] as const;
const BASES = { up: 'U', down: 'D', in: 'I', out: 'O' } as const;

type Glasses = Extract<Spectacles, { advice: 'glasses' }>;
/** What a code holds: remarks are written, not scanned. */
type ScannedGlasses = { spectacles: Glasses; day: Day };

const signed = (quarters: number): string =>
  quarters === 0 ? '0' : `${quarters < 0 ? 'N' : 'P'}${Math.abs(quarters)}`;

function eyeText({ right, left, pupils }: Glasses, eye: SpectacleEye): string {
  const lens = eye === 'right' ? right : left;
  const pupil = pupils?.[eye];
  return [
    ...(lens
      ? [
          `S${signed(lens.sphere)}`,
          lens.cylinder === 0 ? '' : `C${signed(lens.cylinder)}A${lens.axis ?? 0}`,
          lens.add ? `D${lens.add}` : '',
          lens.prism ? `B${lens.prism.quarters}${BASES[lens.prism.base]}` : '',
        ]
      : []),
    pupil ? `P${pupil}` : '',
  ].join('');
}

/** The code of glasses that were prescribed on a day; null where none are advised. */
export function glassesCode(spectacles: Spectacles, day: Day): string | null {
  if (spectacles.advice === 'none') return null;
  const { kind, material = '', validMonths } = spectacles;
  return [
    FORMAT,
    KIND_CODES.indexOf(kind) + 1,
    day.replaceAll('-', ''),
    validMonths,
    MATERIAL_CODES.indexOf(material),
    ...EYES.map((eye) => eyeText(spectacles, eye)),
  ].join('.');
}

const EYE =
  /^(?:S(0|[NP]\d{1,3})(?:C([NP]\d{1,3})A(\d{1,3}))?(?:D(\d{1,2}))?(?:B(\d{1,2})([UDIO]))?)?(?:P(\d{2}))?$/;

const number = (text: string | undefined): number =>
  text === undefined ? 0 : Number(text.replace('N', '-').replace('P', ''));
const isWithin = (quarters: number, { least, most }: PowerRange): boolean =>
  quarters >= least && quarters <= most;

/** A lens and a pupil of a code; null for what nobody can have written. */
function readEye(text: string): { lens?: Lens; pupil?: number } | null {
  const match = EYE.exec(text);
  if (!match) return null;
  const [, sphere, cylinder, axis, add, prism, letter, pupil] = match;
  const half = pupil === undefined ? undefined : Number(pupil);
  if (half !== undefined && (half < 40 || half > 90)) return null;
  const around = half === undefined ? {} : { pupil: half };
  if (sphere === undefined) return around;
  const base = keysOf(PRISM_BASES).find((one) => BASES[one] === letter);
  const isPossible =
    isWithin(number(sphere), SPHERES) &&
    isWithin(number(cylinder), CYLINDERS) &&
    (axis === undefined || (Number(axis) >= 1 && Number(axis) <= 180)) &&
    (add === undefined || isWithin(Number(add), ADDS)) &&
    (prism === undefined || isWithin(Number(prism), PRISMS)) &&
    (cylinder === undefined || number(cylinder) !== 0);
  if (!isPossible) return null;
  return {
    ...around,
    lens: {
      sphere: number(sphere),
      cylinder: number(cylinder),
      ...(axis === undefined ? {} : { axis: Number(axis) }),
      ...(add === undefined ? {} : { add: Number(add) }),
      ...(prism !== undefined && base ? { prism: { quarters: Number(prism), base } } : {}),
    },
  };
}

const isDay = (day: string): boolean => new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day;

/** What a scanned code says; null for any other text, and for a damaged one. */
export function readGlassesCode(typed: string): ScannedGlasses | null {
  const [format, kindAt, dayText = '', months, materialAt, rightText = '', leftText = '', ...rest] = typed
    .trim()
    .toUpperCase()
    .split('.');
  const kind = KIND_CODES[Number(kindAt) - 1];
  const material = MATERIAL_CODES[Number(materialAt)];
  const day = dayText.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const validMonths = Number(months);
  const [right, left] = [readEye(rightText), readEye(leftText)];
  const isWhole = format === FORMAT && rest.length === 0 && /^\d{8}$/.test(dayText) && isDay(day);
  if (!isWhole || !kind || material === undefined || !right || !left) return null;
  if (!Number.isInteger(validMonths) || validMonths < 1 || validMonths > 60) return null;
  const spectacles: Glasses = {
    ...{ advice: 'glasses', kind, validMonths },
    ...(right.lens ? { right: right.lens } : {}),
    ...(left.lens ? { left: left.lens } : {}),
    ...(material ? { material } : {}),
    pupils: {
      ...(right.pupil ? { right: right.pupil } : {}),
      ...(left.pupil ? { left: left.pupil } : {}),
    },
  };
  return spectaclesProblem(spectacles) ? null : { spectacles, day };
}

/** Held by a test: each kind and each material has its place in a code. */
export const CODED = {
  kinds: KIND_CODES satisfies readonly (keyof typeof KINDS)[],
  materials: MATERIAL_CODES.slice(1) as readonly (keyof typeof MATERIALS)[],
} as const;
