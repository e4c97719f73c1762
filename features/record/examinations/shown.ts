import { ACUITY_METHODS, METHOD_LABEL, type Notation } from './acuity';
import { acuityShown } from './acuity-reading';
import { diagnosisText } from './diagnoses';
import { TEST_BOXES, testShown } from './eye-tests';
import { EYES, type Eye } from './eyes';
import { acuityField, testField } from './fields';
import { FINDING_ROWS, type FindingRow, type Findings } from './finding-rows';
import { NEAR_LABEL, NEAR_METHODS, nearShown } from './near';
import { type Order, URGENCIES } from './orders';
import { type Assessment, type Diagnosis, EYE_LABEL, type Measurements, REVIEWS, SIDE_LABEL } from './policy';
import { type PressureReading, pressureShown, TONOMETERS } from './pressure';
import { equivalentText, PRISM_BASES, type PrismBase, powerText, refractionText } from './refraction';
import { type EyeLens, slotLabel, slotsOf } from './refraction-sets';

// An examination in words, the same on its page and on paper.

/** A row by eye; empty where nothing was found in that eye. */
export type EyeRow = {
  label: string;
  cell: (eye: Eye) => string;
  /** The devices that its values are from. */
  from?: string;
  /** In mmHg, where the row is a pressure. */
  mmHg?: (eye: Eye) => number | undefined;
};

const prismText = (quarters: number, base: PrismBase): string =>
  `${quarters / 4} Δ ${PRISM_BASES[base].toLowerCase()}`;

/** A lens with everything that was found with it. */
function lensShown(lens: EyeLens, notation: Notation): string {
  return [
    refractionText(lens),
    lens.cylinder === 0 ? null : `equivalent ${equivalentText(lens)}`,
    lens.middleAdd ? `middle add ${powerText(lens.middleAdd)}` : null,
    lens.prism && lens.base ? prismText(lens.prism, lens.base) : null,
    lens.secondPrism && lens.secondBase ? prismText(lens.secondPrism, lens.secondBase) : null,
    lens.pdFar ? `pupil distance ${lens.pdFar / 2} mm` : null,
    lens.pdNear ? `${lens.pdFar ? '' : 'pupil distance '}near ${lens.pdNear / 2} mm` : null,
    lens.acuity ? acuityShown(lens.acuity, notation) : null,
  ]
    .filter(Boolean)
    .join(', ');
}

const readingLabel = ({ method, time, drops, source }: PressureReading): string =>
  [
    ['Pressure', method ? TONOMETERS[method] : null].filter(Boolean).join(', '),
    time,
    drops ? `after ${drops}` : null,
    source,
  ]
    .filter(Boolean)
    .join(', ');

function pressureRow(reading: PressureReading): EyeRow {
  const figure = (eye: Eye) => {
    const value = reading[eye];
    return value && 'mmHg' in value ? value.mmHg : undefined;
  };
  return {
    label: readingLabel(reading),
    cell: (eye) => {
      const value = reading[eye];
      if (!value) return '';
      return 'mmHg' in value ? `${value.mmHg} mmHg` : pressureShown(value);
    },
    mmHg: figure,
  };
}

/** "NIDEK ARK-1, 2026-11-29 07:13"; by eye where the two are from two. */
function fromText(sources: Measurements['sources'], boxOf: (eye: Eye) => string): { from?: string } {
  const said = EYES.flatMap((eye) => {
    const source = sources?.[boxOf(eye)];
    return source ? [{ eye, source }] : [];
  });
  const names = [...new Set(said.map(({ source }) => source))];
  if (names.length <= 1) return names[0] ? { from: names[0] } : {};
  return { from: said.map(({ eye, source }) => `${EYE_LABEL[eye].toLowerCase()} ${source}`).join('; ') };
}

/** What was measured, a row each, in the order of an examination. */
export function measuredRows(measurements: Measurements, notation: Notation): EyeRow[] {
  const { refractions, pressures, tests = {}, sources } = measurements;
  const slots = slotsOf(refractions);
  const rows: EyeRow[] = [
    ...ACUITY_METHODS.map((method) => ({
      label: METHOD_LABEL[method],
      cell: (eye: Eye) => {
        const value = measurements[eye].acuity[method];
        return value ? acuityShown(value, notation) : '';
      },
      ...fromText(sources, (eye) => acuityField(eye, method)),
    })),
    ...NEAR_METHODS.map((method) => ({
      label: NEAR_LABEL[method],
      cell: (eye: Eye) => {
        const value = measurements[eye].near?.[method];
        return value ? nearShown(value) : '';
      },
    })),
    ...refractions.map((set, index) => ({
      label: [slotLabel(slots[index] ?? set.kind), set.source].filter(Boolean).join(', '),
      cell: (eye: Eye) => (set[eye] ? lensShown(set[eye], notation) : ''),
    })),
    ...pressures.map(pressureRow),
    ...TEST_BOXES.filter(({ of }) => of === 'eye').map((box) => ({
      label: box.label,
      cell: (eye: Eye) => {
        const value = tests[box.key]?.[eye];
        return value ? testShown(box, value) : '';
      },
      ...fromText(sources, (eye) => testField(box.key, eye)),
    })),
  ];
  return rows.filter(({ cell }) => EYES.some((eye) => cell(eye) !== ''));
}

/** What was found with both eyes together, and of no eye. */
export function measuredTogether(
  { both, refractions, tests = {}, tonometer }: Measurements,
  notation: Notation,
): string[] {
  const slots = slotsOf(refractions);
  return [
    ...ACUITY_METHODS.flatMap((method) => {
      const value = both?.acuity[method];
      return value ? [`${METHOD_LABEL[method]} ${acuityShown(value, notation)}`] : [];
    }),
    ...NEAR_METHODS.flatMap((method) => {
      const value = both?.near?.[method];
      return value ? [`${NEAR_LABEL[method]} ${nearShown(value)}`] : [];
    }),
    ...refractions.flatMap(({ pdFar, pdNear, vertex, workingDistance }, index) => {
      const parts = [
        pdFar ? `pupil distance ${pdFar / 2} mm` : null,
        pdNear ? `near ${pdNear / 2} mm` : null,
        vertex ? `vertex ${vertex} mm` : null,
        workingDistance ? `working distance ${workingDistance} cm` : null,
      ].filter(Boolean);
      return parts.length > 0 ? [`${slotLabel(slots[index] ?? '')}: ${parts.join(', ')}`] : [];
    }),
    ...TEST_BOXES.flatMap((box) => {
      const value = box.of === 'both' ? tests[box.key]?.both : undefined;
      return value ? [`${box.label} ${testShown(box, value)}`] : [];
    }),
    ...(tonometer ? [`Tonometer chosen, nothing read: ${TONOMETERS[tonometer]}`] : []),
  ];
}

/** The findings from front to back, a row each. */
export const foundRows = (rows: Findings): FindingRow[] => FINDING_ROWS.filter(({ key }) => rows[key]);

export const orderText = ({ what, side, urgency, reason }: Order): string =>
  [
    what,
    side === 'none' ? null : SIDE_LABEL[side].toLowerCase(),
    urgency === 'routine' ? null : URGENCIES[urgency].toLowerCase(),
    reason,
  ]
    .filter(Boolean)
    .join(', ');

/** As many visits back as a result may be late. */
const VISITS_WITH_ORDERS = 5;

/** The investigations that a patient's last visits asked for, in words, each once, the newest first. */
export function latestOrders(newestFirst: readonly { assessment: Assessment }[]): string[] {
  const texts = newestFirst
    .slice(0, VISITS_WITH_ORDERS)
    .flatMap(({ assessment }) => assessment.orders ?? [])
    .filter(({ kind }) => kind === 'investigation')
    .map(orderText);
  return [...new Set(texts)];
}

/** "Senile cataract, left eye". */
export const diagnosisLine = (one: Diagnosis): string =>
  [diagnosisText(one), one.side === 'none' ? null : SIDE_LABEL[one.side].toLowerCase()]
    .filter(Boolean)
    .join(', ');

/** "right 16 mmHg, left 18 mmHg"; empty where none was set. */
export const targetsText = ({ targets = {} }: Assessment): string =>
  EYES.flatMap((eye) => (targets[eye] ? [`${EYE_LABEL[eye].toLowerCase()} ${targets[eye]} mmHg`] : [])).join(
    ', ',
  );

/** When the patient is to come again; null for as needed. */
export const reviewText = ({ reviewWeeks }: Assessment): string | null =>
  Object.entries(REVIEWS).find(([weeks]) => Number(weeks) === reviewWeeks)?.[1] ?? null;
