import type { AcuityMethod } from './acuity';
import type { Refraction } from './refraction';

/** What an examination holds, and rules about it. Pure: the pages use it too. */
export const EYES = ['right', 'left'] as const;
export type Eye = (typeof EYES)[number];
export const EYE_LABEL: Record<Eye, string> = { right: 'Right', left: 'Left' };

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

export const TONOMETERS = {
  nct: 'Non-contact',
  goldmann: 'Goldmann',
  icare: 'iCare',
  tonopen: 'Tono-Pen',
  perkins: 'Perkins',
  schiotz: 'Schiøtz',
} as const;
type Tonometer = keyof typeof TONOMETERS;

/** mmHg above which a pressure is marked. */
const HIGH_PRESSURE = 21;
/** mmHg: no tonometer reads higher. */
const MAX_PRESSURE = 80;

export const isHighPressure = (mmHg: number): boolean => mmHg > HIGH_PRESSURE;

/** A typed pressure in whole mmHg, or the sentence that says what to write instead. */
export function readPressure(typed: string): number | { problem: string } {
  const text = typed.trim().replace(',', '.');
  const value = /^-?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value) || value < 0 || value > MAX_PRESSURE)
    return { problem: `Write mmHg from 0 to ${MAX_PRESSURE}, without a fraction.` };
  if (Number.isInteger(value)) return value;
  return { problem: `Write whole mmHg: ${Math.floor(value)} or ${Math.ceil(value)}.` };
}

export type EyeMeasures = {
  /** Letters of the common scale; see acuity.ts. */
  acuity: Partial<Record<AcuityMethod, number>>;
  refraction?: Refraction;
  /** Whole mmHg. */
  pressure?: number;
};
/** What optometry measures. */
export type Measurements = Record<Eye, EyeMeasures> & { tonometer?: Tonometer };

export type Diagnosis = { code: string; side: Side };
/** What the doctor finds and decides. */
export type Assessment = {
  complaint?: string;
  findings: Partial<Record<Eye, string>>;
  /** The first is the main one. */
  diagnoses: Diagnosis[];
  plan?: string;
  reviewWeeks?: number;
};

/** The last acuity of each eye that an earlier examination has read. */
export type Before = Partial<Record<Eye, number>>;

export const SECTIONS = ['measurements', 'assessment'] as const;
export type Section = (typeof SECTIONS)[number];

export const NO_MEASUREMENTS: Measurements = { right: { acuity: {} }, left: { acuity: {} } };
export const NO_ASSESSMENT: Assessment = { findings: {}, diagnoses: [] };

/** The best that was read with an eye, by whatever means; null where nothing was. */
export function bestAcuity({ acuity }: EyeMeasures): number | null {
  const values = Object.values(acuity);
  return values.length > 0 ? Math.max(...values) : null;
}

export const hasMeasurements = (one: Measurements): boolean =>
  EYES.some((eye) => {
    const { acuity, refraction, pressure } = one[eye];
    return Object.keys(acuity).length > 0 || refraction !== undefined || pressure !== undefined;
  });

export const hasAssessment = ({ complaint, findings, diagnoses, plan, reviewWeeks }: Assessment): boolean =>
  Boolean(complaint || findings.right || findings.left || diagnoses.length > 0 || plan || reviewWeeks);

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
