import {
  ADDS,
  CYLINDERS,
  type PowerRange,
  PRISM_BASES,
  PRISMS,
  SPHERES,
} from '@/features/record/examinations/refraction';
import { keysOf } from '@/lib/query-words';
import type { Day } from '@/lib/time';
import type { COATINGS, INDEXES, LensCoating, MATERIALS, TINTS, USES } from './lens-details';
import {
  EYES,
  type KINDS,
  type Lens,
  type Pupils,
  type SpectacleEye,
  type Spectacles,
  spectaclesProblem,
  VERTEX,
} from './policy';

/*
 * Glasses as a scanner types them: "CVG3.3.20261129.12.0.SN5CN2A90D8P63.S0.....". What they are made from,
 * and nothing that says whose they are. Digits, letters and points alone: scanners are keyboards, and those
 * are the keys that stay where they are in most countries. A change of what it means is a new figure after
 * CVG; what papers of before say is read as it was.
 */
const FORMAT = 'CVG3';
/** Had neither a second prism nor the vertex distance. */
const SECOND_FORMAT = 'CVG2';
/** Had neither an addition for the middle, other pupils than far, nor index, coatings, tint and use. */
const FORMER_FORMAT = 'CVG1';
/** What stands behind the eyes in each of them. */
const PARTS_BEHIND = new Map([
  [FORMAT, 5],
  [SECOND_FORMAT, 4],
  [FORMER_FORMAT, 0],
]);
// Places in these lists are printed on papers: new ones are added at the end.
const KIND_CODES = ['distance', 'near', 'bifocal', 'trifocal', 'progressive', 'office'] as const;
const MATERIAL_CODES = ['', 'cr-39', 'polycarbonate', 'high-index', 'glass', 'trivex'] as const;
const INDEX_CODES = ['', '1.50', '1.53', '1.56', '1.59', '1.60', '1.67', '1.74', '1.80', '1.90'] as const;
const TINT_CODES = [
  ...['', 'photochromic-grey', 'photochromic-brown', 'light-grey', 'dark-grey'],
  ...['light-brown', 'dark-brown', 'green', 'yellow', 'polarised'],
] as readonly ('' | keyof typeof TINTS)[];
const USE_CODES = ['', 'constant', 'far', 'near', 'screen', 'needed', 'safety'] as const;
const COATING_LETTERS = {
  'anti-reflection': 'A',
  scratch: 'S',
  uv: 'U',
  blue: 'B',
  water: 'W',
  mirror: 'M',
} as const satisfies Record<keyof typeof COATINGS, string>;
const BASES = { up: 'U', down: 'D', in: 'I', out: 'O' } as const;

type Glasses = Extract<Spectacles, { advice: 'glasses' }>;
/** What a code holds: remarks are written, not scanned. */
type ScannedGlasses = { spectacles: Glasses; day: Day };

const signed = (quarters: number): string =>
  quarters === 0 ? '0' : `${quarters < 0 ? 'N' : 'P'}${Math.abs(quarters)}`;

function eyeText({ right, left, ...around }: Glasses, eye: SpectacleEye): string {
  const lens = eye === 'right' ? right : left;
  const pupil = (letter: string, of: Pupils | undefined) => (of?.[eye] ? `${letter}${of[eye]}` : '');
  return [
    ...(lens
      ? [
          `S${signed(lens.sphere)}`,
          lens.cylinder === 0 ? '' : `C${signed(lens.cylinder)}A${lens.axis ?? 0}`,
          lens.add ? `D${lens.add}` : '',
          lens.middleAdd ? `M${lens.middleAdd}` : '',
          lens.prism ? `B${lens.prism.quarters}${BASES[lens.prism.base]}` : '',
          lens.secondPrism ? `E${lens.secondPrism.quarters}${BASES[lens.secondPrism.base]}` : '',
        ]
      : []),
    pupil('P', around.pupils),
    pupil('Q', around.middlePupils),
    pupil('R', around.nearPupils),
  ].join('');
}

/** The code of glasses that were prescribed on a day; null where none are advised. */
export function glassesCode(spectacles: Spectacles, day: Day): string | null {
  if (spectacles.advice === 'none') return null;
  const { kind, material = '', index = '', coatings = [], tint = '', use = '', validMonths } = spectacles;
  return [
    FORMAT,
    KIND_CODES.indexOf(kind) + 1,
    day.replaceAll('-', ''),
    validMonths,
    MATERIAL_CODES.indexOf(material),
    ...EYES.map((eye) => eyeText(spectacles, eye)),
    INDEX_CODES.indexOf(index) || '',
    coatings.map((one) => COATING_LETTERS[one]).join(''),
    TINT_CODES.indexOf(tint) || '',
    USE_CODES.indexOf(use) || '',
    spectacles.vertexMm ?? '',
  ].join('.');
}

const EYE =
  /^(?:S(0|[NP]\d{1,3})(?:C([NP]\d{1,3})A(\d{1,3}))?(?:D(\d{1,2}))?(?:M(\d{1,2}))?(?:B(\d{1,2})([UDIO]))?(?:E(\d{1,2})([UDIO]))?)?(?:P(\d{2}))?(?:Q(\d{2}))?(?:R(\d{2}))?$/;

const number = (text: string | undefined): number =>
  text === undefined ? 0 : Number(text.replace('N', '-').replace('P', ''));
const isWithin = (quarters: number, { least, most }: PowerRange): boolean =>
  quarters >= least && quarters <= most;

type ReadEye = { lens?: Lens; pupil?: number; middlePupil?: number; nearPupil?: number };

/** A lens and the pupil of a code; null for what nobody can have written. */
function readEye(text: string): ReadEye | null {
  const match = EYE.exec(text);
  if (!match) return null;
  const [, sphere, cylinder, axis, add, middleAdd, prism, letter, secondPrism, secondLetter, ...pupils] =
    match;
  const halves = pupils.map((one) => (one === undefined ? undefined : Number(one)));
  if (halves.some((half) => half !== undefined && (half < 40 || half > 90))) return null;
  const [pupil, middlePupil, nearPupil] = halves;
  const around = {
    ...(pupil === undefined ? {} : { pupil }),
    ...(middlePupil === undefined ? {} : { middlePupil }),
    ...(nearPupil === undefined ? {} : { nearPupil }),
  };
  if (sphere === undefined) return around;
  const [base, secondBase] = [letter, secondLetter].map((of) =>
    keysOf(PRISM_BASES).find((one) => BASES[one] === of),
  );
  const isPossible =
    isWithin(number(sphere), SPHERES) &&
    isWithin(number(cylinder), CYLINDERS) &&
    (axis === undefined || (Number(axis) >= 1 && Number(axis) <= 180)) &&
    (add === undefined || isWithin(Number(add), ADDS)) &&
    (middleAdd === undefined || isWithin(Number(middleAdd), ADDS)) &&
    (prism === undefined || isWithin(Number(prism), PRISMS)) &&
    (secondPrism === undefined || isWithin(Number(secondPrism), PRISMS)) &&
    (cylinder === undefined || number(cylinder) !== 0);
  if (!isPossible) return null;
  return {
    ...around,
    lens: {
      sphere: number(sphere),
      cylinder: number(cylinder),
      ...(axis === undefined ? {} : { axis: Number(axis) }),
      ...(add === undefined ? {} : { add: Number(add) }),
      ...(middleAdd === undefined ? {} : { middleAdd: Number(middleAdd) }),
      ...(prism !== undefined && base ? { prism: { quarters: Number(prism), base } } : {}),
      ...(secondPrism !== undefined && secondBase
        ? { secondPrism: { quarters: Number(secondPrism), base: secondBase } }
        : {}),
    },
  };
}

/** The pupils of both eyes; undefined where there is none of them. */
function pupilsIn(right: number | undefined, left: number | undefined): Pupils | undefined {
  if (right === undefined && left === undefined) return undefined;
  return { ...(right ? { right } : {}), ...(left ? { left } : {}) };
}

/** Index, coatings, tint, use and vertex distance; null for what is on no list. */
function readDetails([indexAt, letters, tintAt, useAt, vertexText = '']: readonly string[]) {
  const [index, tint, use] = [
    INDEX_CODES[Number(indexAt)],
    TINT_CODES[Number(tintAt)],
    USE_CODES[Number(useAt)],
  ];
  const coatings = keysOf(COATING_LETTERS).filter((one) => letters?.includes(COATING_LETTERS[one]));
  if (index === undefined || tint === undefined || use === undefined) return null;
  if (coatings.length !== letters?.length) return null;
  const vertexMm = Number(vertexText);
  if (!/^\d{0,2}$/.test(vertexText)) return null;
  if (vertexText && (vertexMm < VERTEX.least || vertexMm > VERTEX.most)) return null;
  return {
    ...(index ? { index } : {}),
    ...(coatings.length > 0 ? { coatings: coatings as LensCoating[] } : {}),
    ...(tint ? { tint } : {}),
    ...(use ? { use } : {}),
    ...(vertexText ? { vertexMm } : {}),
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
  const parts = PARTS_BEHIND.get(format ?? '');
  const details = parts === 0 ? {} : readDetails(rest);
  const isWhole = rest.length === parts && /^\d{8}$/.test(dayText) && isDay(day);
  if (!isWhole || !kind || material === undefined || !right || !left || !details) return null;
  if (!Number.isInteger(validMonths) || validMonths < 1 || validMonths > 60) return null;
  const [middlePupils, nearPupils] = [
    pupilsIn(right.middlePupil, left.middlePupil),
    pupilsIn(right.nearPupil, left.nearPupil),
  ];
  const spectacles: Glasses = {
    ...{ advice: 'glasses', kind, validMonths },
    ...(right.lens ? { right: right.lens } : {}),
    ...(left.lens ? { left: left.lens } : {}),
    ...(material ? { material } : {}),
    ...details,
    pupils: pupilsIn(right.pupil, left.pupil) ?? {},
    ...(middlePupils ? { middlePupils } : {}),
    ...(nearPupils ? { nearPupils } : {}),
  };
  return spectaclesProblem(spectacles) ? null : { spectacles, day };
}

/** Held by a test: each word of a list has its place in a code. */
export const CODED = {
  kinds: KIND_CODES satisfies readonly (keyof typeof KINDS)[],
  materials: MATERIAL_CODES.slice(1) as readonly (keyof typeof MATERIALS)[],
  indexes: INDEX_CODES.slice(1) as readonly (keyof typeof INDEXES)[],
  coatings: keysOf(COATING_LETTERS),
  tints: TINT_CODES.slice(1) as readonly (keyof typeof TINTS)[],
  uses: USE_CODES.slice(1) as readonly (keyof typeof USES)[],
} as const;
