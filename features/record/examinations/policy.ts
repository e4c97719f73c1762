import type { AcuityMethod } from './acuity';
import { type Acuity, isRead } from './acuity-reading';
import type { Complaint } from './complaints';
import type { Drawings } from './drawings';
import type { TestResults } from './eye-tests';
import type { Eye } from './eyes';
import type { Findings } from './finding-rows';
import type { NearAcuity, NearMethod } from './near';
import type { Order } from './orders';
import { averagePressure, type PressureReading, type Tonometer } from './pressure';
import type { RefractionSet } from './refraction-sets';

/** What an examination holds, and rules about it. Pure: the pages use it too. */
export { EYE_LABEL, EYES, type Eye } from './eyes';

/** Where a diagnosis is; `none` for what is not of one eye. */
export const SIDES = ['right', 'left', 'both', 'none'] as const;
export type Side = (typeof SIDES)[number];
export const SIDE_LABEL: Record<Side, string> = {
  right: 'Right eye',
  left: 'Left eye',
  both: 'Both eyes',
  none: 'No side',
};
export const isOfEye = (side: Side, eye: Eye): boolean => side !== (eye === 'right' ? 'left' : 'right');

/** The two eyes, and both open together. */
export const SEEN_WITH = ['right', 'left', 'both'] as const;
export type SeenWith = (typeof SEEN_WITH)[number];
export const SEEN_LABEL: Record<SeenWith, string> = {
  right: 'Right eye',
  left: 'Left eye',
  both: 'Both eyes',
};

export type EyeMeasures = {
  acuity: Partial<Record<AcuityMethod, Acuity>>;
  near?: Partial<Record<NearMethod, NearAcuity>>;
};
/** What optometry measures. `format` 2: records of before are brought to it by former-records.ts. */
export type Measurements = Record<Eye, EyeMeasures> & {
  format: 2;
  /** Why they came, as it was told to who measured. */
  complaints?: Complaint[];
  both?: EyeMeasures;
  refractions: RefractionSet[];
  pressures: PressureReading[];
  tests?: TestResults;
  /** Which device a value is from, by the name of its box; what was typed has none. */
  sources?: Record<string, string>;
  /** In records of before: a tonometer that was chosen although nothing was read with it. */
  tonometer?: Tonometer;
};

/** A diagnosis of the list by its code; one in words has no code. */
export type Diagnosis = { code: string; side: Side; text?: string };
/** What the doctor finds and decides. */
export type Assessment = {
  complaint?: string;
  rows?: Findings;
  findings: Partial<Record<Eye, string>>;
  drawings?: Drawings;
  /** The first is the main one. */
  diagnoses: Diagnosis[];
  /** mmHg to stay at or under, from this visit on. */
  targets?: Partial<Record<Eye, number>>;
  orders?: Order[];
  plan?: string;
  reviewWeeks?: number;
};

/** The last acuity of each eye that an earlier examination has read. */
export type Before = Partial<Record<Eye, number>>;

export const SECTIONS = ['measurements', 'assessment'] as const;
export type Section = (typeof SECTIONS)[number];

export const NO_MEASUREMENTS: Measurements = {
  format: 2,
  right: { acuity: {} },
  left: { acuity: {} },
  refractions: [],
  pressures: [],
};
export const NO_ASSESSMENT: Assessment = { findings: {}, diagnoses: [] };

/** The best that was read with an eye, by whatever means; null where nothing was. */
export function bestAcuity(measurements: Measurements, eye: Eye): number | null {
  const best = bestReading(measurements, eye);
  return best ? best.base : null;
}

/** The reading behind it, with its words. */
export function bestReading(
  { refractions, ...one }: Measurements,
  eye: Eye,
): { base: number; as?: string } | null {
  const all = [...Object.values(one[eye].acuity), ...refractions.map((set) => set[eye]?.acuity)].filter(
    isRead,
  );
  return all.reduce<{ base: number; as?: string } | null>(
    (best, reading) => (best && best.base >= reading.base ? best : reading),
    null,
  );
}

/** The mean of an eye's pressures in mmHg; null where none was read. */
export const pressureOf = ({ pressures }: Measurements, eye: Eye): number | null =>
  averagePressure(pressures.map((reading) => reading[eye]));

export const hasMeasurements = (one: Measurements): boolean =>
  SEEN_WITH.some((eye) =>
    [one[eye]?.acuity, one[eye]?.near].some((values) => Object.keys(values ?? {}).length > 0),
  ) ||
  one.refractions.length > 0 ||
  one.pressures.some(({ right, left }) => right ?? left) ||
  Object.keys(one.tests ?? {}).length > 0;

export const hasAssessment = (one: Assessment): boolean =>
  Boolean(
    one.complaint ||
      one.findings.right ||
      one.findings.left ||
      one.diagnoses.length > 0 ||
      one.plan ||
      one.reviewWeeks,
  ) ||
  [one.rows, one.targets, one.drawings].some((values) => Object.keys(values ?? {}).length > 0) ||
  (one.orders ?? []).length > 0;

/** Only what says what the patient has may be signed. */
export const canSign = (one: Assessment): boolean => one.diagnoses.length > 0;

export const REVIEWS = {
  '1': 'In 1 week',
  '2': 'In 2 weeks',
  '4': 'In 4 weeks',
  '6': 'In 6 weeks',
  '13': 'In 3 months',
  '26': 'In 6 months',
  '52': 'In a year',
} as const;
