import { type Day, shiftDay } from '@/lib/time';
import { acuityChange } from './acuity';
import { diagnosisText } from './diagnoses';
import { EYES, type Eye } from './eyes';
import type { Order } from './orders';
import {
  type Assessment,
  bestReading,
  type Diagnosis,
  type Measurements,
  pressureOf,
  type Side,
} from './policy';
import { isHighPressure } from './pressure';
import type { EyeLens } from './refraction-sets';
import { leadingLens } from './refraction-sets';

// What is known of a patient's eyes over all visits, computed from the visits by rules: nothing is made up.

/** When somebody said that a problem is over. */
export type Resolution = { key: string; on: Day; byName: string };
export type Problem = {
  /** The code, or the words in small letters. */
  key: string;
  name: string;
  code: string;
  side: Side;
  since: Day;
  /** The last visit at which it was a diagnosis. */
  last: Day;
  resolved: { on: Day; byName: string } | null;
};
type OfDay<T> = T & { day: Day };
type ByEye<T> = Partial<Record<Eye, OfDay<T>>>;
export type EyeRecord = {
  problems: Problem[];
  acuity: ByEye<{ base: number; as?: string }>;
  lens: ByEye<{ lens: EyeLens }>;
  pressure: ByEye<{ mmHg: number }>;
  targets: ByEye<{ mmHg: number }>;
  /** Central corneal thickness in micrometres. */
  thickness: ByEye<{ micrometres: number }>;
  /** What was asked for at the last visit that asked for anything. */
  orders: { day: Day; list: Order[] } | null;
  /** When the last doctor wanted to see the patient again. */
  review: { day: Day; from: Day } | null;
};

export const NO_EYE_RECORD: EyeRecord = {
  problems: [],
  acuity: {},
  lens: {},
  pressure: {},
  targets: {},
  thickness: {},
  orders: null,
  review: null,
};

type Visit = { day: Day; measurements: Measurements; assessment: Assessment };

const keyOf = ({ code, text }: Diagnosis): string => text?.toLowerCase() ?? code;

function problemsOf(visits: readonly Visit[], resolutions: readonly Resolution[]): Problem[] {
  const found = new Map<string, Problem & { eyes: Set<Side> }>();
  for (const { day, assessment } of visits)
    for (const diagnosis of assessment.diagnoses) {
      const key = keyOf(diagnosis);
      const one = found.get(key) ?? {
        ...{ key, name: diagnosisText(diagnosis), code: diagnosis.code, side: diagnosis.side },
        ...{ since: day, last: day, resolved: null, eyes: new Set<Side>() },
      };
      one.last = day;
      for (const eye of diagnosis.side === 'both' ? EYES : [diagnosis.side]) one.eyes.add(eye);
      found.set(key, one);
    }
  return [...found.values()]
    .map(({ eyes, ...one }): Problem => {
      const said = resolutions.findLast(({ key }) => key === one.key);
      const side =
        eyes.has('right') && eyes.has('left') ? 'both' : ([...eyes].find((eye) => eye !== 'none') ?? 'none');
      // A diagnosis of a later visit says that it is there again.
      const isOver = said !== undefined && said.on >= one.last;
      return { ...one, side, resolved: isOver ? { on: said.on, byName: said.byName } : null };
    })
    .sort((a, b) => (a.last === b.last ? (a.since < b.since ? -1 : 1) : a.last < b.last ? 1 : -1));
}

/** The newest value of each eye over visits in the order of time. */
function newest<T extends object>(
  visits: readonly Visit[],
  read: (visit: Visit, eye: Eye) => T | null,
): ByEye<T> {
  const found: ByEye<T> = {};
  for (const visit of visits)
    for (const eye of EYES) {
      const value = read(visit, eye);
      if (value) found[eye] = { ...value, day: visit.day };
    }
  return found;
}

/** What all visits come to. @param visits in the order of time. */
export function eyeRecordOf(visits: readonly Visit[], resolutions: readonly Resolution[]): EyeRecord {
  const mmHg = (value: number | null | undefined) =>
    value === null || value === undefined ? null : { mmHg: value };
  const asked = visits.findLast(({ assessment }) => (assessment.orders ?? []).length > 0);
  const seen = visits.findLast(({ assessment }) => assessment.diagnoses.length > 0 || assessment.reviewWeeks);
  const weeks = seen?.assessment.reviewWeeks;
  return {
    problems: problemsOf(visits, resolutions),
    acuity: newest(visits, ({ measurements }, eye) => bestReading(measurements, eye)),
    lens: newest(visits, ({ measurements }, eye) => {
      const lens = leadingLens(measurements.refractions, eye);
      return lens && { lens };
    }),
    pressure: newest(visits, ({ measurements }, eye) => mmHg(pressureOf(measurements, eye))),
    targets: newest(visits, ({ assessment }, eye) => mmHg(assessment.targets?.[eye])),
    thickness: newest(visits, ({ measurements }, eye) => {
      const micrometres = Number(measurements.tests?.cct?.[eye]);
      return micrometres > 0 ? { micrometres } : null;
    }),
    orders: asked ? { day: asked.day, list: asked.assessment.orders ?? [] } : null,
    review: seen && weeks ? { day: shiftDay(seen.day, weeks * 7), from: seen.day } : null,
  };
}

/** mmHg: less is within what one tonometer says twice. */
const PRESSURE_STEP = 3;
const inEye = (eye: Eye): string => `${eye} eye`;

/**
 * What has changed from the visit before to the last one, and what is overdue, in short sentences.
 * @param visits the newest first.
 */
export function changesSince(visits: readonly Visit[], record: EyeRecord, today: Day): string[] {
  const [now, ...earlier] = visits;
  if (!now) return [];
  const said: string[] = [];
  for (const eye of EYES) {
    const is = bestReading(now.measurements, eye);
    const was = earlier.map(({ measurements }) => bestReading(measurements, eye)).find((one) => one !== null);
    const change = is && was ? acuityChange(was.base, is.base) : 'same';
    if (change === 'gained') said.push(`The ${inEye(eye)} sees two lines or more better.`);
    if (change === 'lost') said.push(`The ${inEye(eye)} sees two lines or more worse.`);
    const pressure = pressureOf(now.measurements, eye);
    const before = earlier
      .map(({ measurements }) => pressureOf(measurements, eye))
      .find((one) => one !== null);
    const target = record.targets[eye]?.mmHg;
    if (pressure !== null && isHighPressure(pressure, target))
      said.push(
        `Pressure of the ${inEye(eye)} ${pressure}, above ${target ? `its target of ${target}` : '21'}.`,
      );
    else if (
      pressure !== null &&
      before !== undefined &&
      before !== null &&
      Math.abs(pressure - before) >= PRESSURE_STEP
    )
      said.push(`Pressure of the ${inEye(eye)} ${before} to ${pressure}.`);
  }
  const known = new Set(earlier.flatMap(({ assessment }) => assessment.diagnoses.map(keyOf)));
  const fresh = now.assessment.diagnoses.filter((one) => !known.has(keyOf(one)));
  if (earlier.length > 0 && fresh.length > 0) said.push(`New: ${fresh.map(diagnosisText).join(', ')}.`);
  if (record.review && record.review.day < today)
    said.push('The visit that the doctor asked for is overdue.');
  return said;
}
