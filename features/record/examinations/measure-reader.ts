import { ACUITY_METHODS } from './acuity';
import { readAcuity } from './acuity-reading';
import { type Complaint, MOST_COMPLAINTS, readSince } from './complaints';
import { readTest, TEST_BOXES, type TestResults } from './eye-tests';
import { EYES, type Eye } from './eyes';
import {
  acuityField,
  complaintField,
  lensField,
  MOST_PRESSURES,
  nearField,
  pressureField,
  setField,
  sourceField,
  testField,
} from './fields';
import { type FormReader, known } from './form-reader';
import { NEAR_METHODS, readNearAcuity } from './near';
import { type EyeMeasures, type Measurements, SEEN_WITH, type SeenWith, SIDES } from './policy';
import { type PressureReading, readPressure, TONOMETERS, type Tonometer } from './pressure';
import {
  ADDS,
  CYLINDERS,
  type PowerRange,
  PRISM_BASES,
  PRISMS,
  type PrismBase,
  readAxis,
  readPower,
  SPHERES,
  standAcross,
} from './refraction';
import { ALL_SLOTS, type EyeLens, kindOfSlot, type RefractionSet } from './refraction-sets';

const keysOf = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as K[];

function measuresOf(reader: FormReader, eye: SeenWith): EyeMeasures {
  const near = known(NEAR_METHODS, (method) => reader.read(nearField(eye, method), readNearAcuity));
  return {
    acuity: known(ACUITY_METHODS, (method) => reader.read(acuityField(eye, method), readAcuity)),
    ...(Object.keys(near).length > 0 ? { near } : {}),
  };
}

const power = (range: PowerRange) => (typed: string) => {
  const reading = readPower(typed, range);
  return 'quarters' in reading ? reading.quarters : reading;
};
/** Degrees are never turned round: 200 is a slip of the finger, and nobody knows for what. */
const axisOf = (typed: string) => {
  const degrees = readAxis(typed);
  if (degrees !== null) return degrees;
  const turned = /^\d{3}$/.test(typed) && Number(typed) <= 360 ? Number(typed) - 180 : null;
  return {
    problem: `Write degrees from 1 to 180${turned ? `; ${typed} is the direction of ${turned}` : ''}.`,
  };
};

/** A figure between bounds, in steps, as a whole number of steps. */
const figure =
  (label: string, unit: string, { least, most, perUnit }: { least: number; most: number; perUnit: number }) =>
  (typed: string) => {
    const value = /^\d+([.,]\d+)?$/.test(typed) ? Number(typed.replace(',', '.')) * perUnit : Number.NaN;
    if (Number.isInteger(value) && value >= least * perUnit && value <= most * perUnit) return value;
    return { problem: `${label}: write ${least} to ${most} ${unit}${perUnit === 2 ? ', in halves' : ''}.` };
  };

/** One lens of one eye; undefined where nothing was written. */
function lensOf(reader: FormReader, slot: string, eye: Eye): EyeLens | undefined {
  const name = (part: Parameters<typeof lensField>[2]) => lensField(slot, eye, part);
  const sphere = reader.read(name('sphere'), power(SPHERES));
  const typedCylinder = reader.text(name('cylinder'));
  const cylinder = reader.read(name('cylinder'), power(CYLINDERS));
  const axis = reader.read(name('axis'), axisOf);
  const add = reader.read(name('add'), power(ADDS));
  const prism = reader.read(name('prism'), power(PRISMS));
  const base = reader.choice<PrismBase>(name('base'), keysOf(PRISM_BASES));
  const acuity = reader.read(name('acuity'), readAcuity);
  const secondPrism = reader.read(name('secondprism'), power(PRISMS));
  const secondBase = reader.choice<PrismBase>(name('secondbase'), keysOf(PRISM_BASES));
  const middleAdd = reader.read(name('middleadd'), power(ADDS));
  const ofEye = { least: 20, most: 45, perUnit: 2 };
  const pdFar = reader.read(name('pdfar'), figure('Pupil distance of one eye', 'mm', ofEye));
  const pdNear = reader.read(name('pdnear'), figure('Pupil distance of one eye', 'mm', ofEye));
  const typed = (part: Parameters<typeof lensField>[2]) => reader.text(name(part)) !== '';
  const isCylinder = cylinder !== undefined && cylinder !== 0;
  if (isCylinder && !typed('axis')) reader.refuse(name('axis'), 'Write the axis of the cylinder.');
  // A machine prints "0.00 x 180" where there is none; an axis beside an empty box was forgotten.
  if (typedCylinder === '' && typed('axis'))
    reader.refuse(name('cylinder'), 'Write the cylinder of this axis, or no axis.');
  if (prism !== undefined && base === undefined) reader.refuse(name('base'), 'Choose the base of the prism.');
  if (base !== undefined && !typed('prism')) reader.refuse(name('prism'), 'Write the prism of this base.');
  if (secondPrism !== undefined && secondBase === undefined)
    reader.refuse(name('secondbase'), 'Choose the base of the second prism.');
  if (secondBase !== undefined && !typed('secondprism'))
    reader.refuse(name('secondprism'), 'Write the second prism of this base.');
  if (secondBase !== undefined && base === undefined && !typed('prism'))
    reader.refuse(name('prism'), 'Write the first prism before a second one.');
  if (base !== undefined && secondBase !== undefined && !standAcross(base, secondBase))
    reader.refuse(
      name('secondbase'),
      'The second prism stands across the first: one up or down, one in or out.',
    );
  if (middleAdd !== undefined && add !== undefined && middleAdd >= add)
    reader.refuse(name('middleadd'), 'The addition for the middle distance is less than that for reading.');
  if (middleAdd !== undefined && add === undefined && !typed('add'))
    reader.refuse(name('add'), 'Write the addition for reading too.');
  const isAny = [
    cylinder,
    axis,
    add,
    prism,
    base,
    secondPrism,
    secondBase,
    middleAdd,
    pdFar,
    pdNear,
    acuity,
  ].some((value) => value !== undefined);
  if (sphere === undefined) {
    if (isAny && !typed('sphere')) reader.refuse(name('sphere'), 'Write the sphere too; plano for none.');
    return undefined;
  }
  return {
    sphere,
    cylinder: cylinder ?? 0,
    ...(isCylinder && axis !== undefined ? { axis } : {}),
    ...(add === undefined ? {} : { add }),
    ...(prism === undefined || base === undefined ? {} : { prism, base }),
    ...(secondPrism === undefined || secondBase === undefined ? {} : { secondPrism, secondBase }),
    ...(middleAdd === undefined ? {} : { middleAdd }),
    ...(pdFar === undefined ? {} : { pdFar }),
    ...(pdNear === undefined ? {} : { pdNear }),
    ...(acuity === undefined ? {} : { acuity }),
  };
}

function setOf(reader: FormReader, slot: string): RefractionSet | undefined {
  const kind = kindOfSlot(slot);
  if (!kind) return undefined;
  const lenses = known(EYES, (eye) => lensOf(reader, slot, eye));
  const pd = { least: 40, most: 80, perUnit: 2 };
  const pdFar = reader.read(setField(slot, 'pdfar'), figure('Pupil distance', 'mm', pd));
  const pdNear = reader.read(setField(slot, 'pdnear'), figure('Pupil distance', 'mm', pd));
  const vertex = reader.read(
    setField(slot, 'vertex'),
    figure('Vertex', 'mm', { least: 8, most: 18, perUnit: 1 }),
  );
  const workingDistance = reader.read(
    setField(slot, 'distance'),
    figure('Working distance', 'cm', { least: 25, most: 100, perUnit: 1 }),
  );
  if (Object.keys(lenses).length === 0 && pdFar === undefined && pdNear === undefined) return undefined;
  const source = reader.text(setField(slot, 'source'));
  return {
    kind,
    ...lenses,
    ...(pdFar === undefined ? {} : { pdFar }),
    ...(pdNear === undefined ? {} : { pdNear }),
    ...(vertex === undefined ? {} : { vertex }),
    ...(workingDistance === undefined ? {} : { workingDistance }),
    ...(source ? { source } : {}),
  };
}

function pressureOf(reader: FormReader, index: number): PressureReading | undefined {
  const name = (part: Parameters<typeof pressureField>[1]) => pressureField(index, part);
  const read = known(EYES, (eye) => reader.read(name(eye), readPressure));
  const time = reader.read(name('time'), (typed) =>
    /^([01]?\d|2[0-3]):[0-5]\d$/.test(typed)
      ? typed.padStart(5, '0')
      : { problem: 'Write a time such as 09:30.' },
  );
  const method = reader.choice<Tonometer>(name('method'), keysOf(TONOMETERS));
  const drops = reader.text(name('drops')) || undefined;
  // A method or a time without a reading says nothing.
  if (Object.keys(read).length === 0) return undefined;
  const source = reader.text(name('source'));
  return {
    ...read,
    ...(time ? { time } : {}),
    ...(method ? { method } : {}),
    ...(drops ? { drops } : {}),
    ...(source ? { source } : {}),
  };
}

function complaintOf(reader: FormReader, index: number): Complaint | undefined {
  const name = (part: keyof Complaint) => complaintField(index, part);
  const what = reader.text(name('what'));
  const side = reader.choice(name('side'), SIDES);
  const since = reader.read(name('since'), readSince);
  const more = known(['worse', 'better', 'note'] as const, (part) => reader.text(name(part)) || undefined);
  const isMore = since !== undefined || Object.keys(more).length > 0;
  if (what === '') {
    // An eye that was chosen and nothing else says nothing.
    if (isMore) reader.refuse(name('what'), 'Write the complaint.');
    return undefined;
  }
  if (!side) return reader.refuse(name('side'), 'Say which eye.');
  return { what, side, ...(since ? { since } : {}), ...more };
}

function testsOf(reader: FormReader): TestResults {
  return known(
    TEST_BOXES.map(({ key }) => key),
    (key) => {
      const box = TEST_BOXES.find((one) => one.key === key);
      if (!box) return undefined;
      const eyes: readonly SeenWith[] = box.of === 'eye' ? EYES : ['both'];
      const results = known(eyes, (eye) => reader.read(testField(key, eye), (typed) => readTest(box, typed)));
      return Object.keys(results).length > 0 ? results : undefined;
    },
  ) as TestResults;
}

/** Of which values a device is named: of those alone that are there. */
function sourcesOf(
  reader: FormReader,
  measured: Partial<Record<SeenWith, EyeMeasures>>,
  tests: TestResults,
): Record<string, string> {
  const boxes = [
    ...SEEN_WITH.flatMap((eye) =>
      ACUITY_METHODS.flatMap((method) => (measured[eye]?.acuity[method] ? acuityField(eye, method) : [])),
    ),
    ...Object.entries(tests).flatMap(([key, results]) =>
      SEEN_WITH.flatMap((eye) => (results[eye] ? testField(key, eye) : [])),
    ),
  ];
  return known(boxes, (box) => reader.text(sourceField(box)) || undefined) as Record<string, string>;
}

/** What optometry has written into its boxes. */
export function readMeasured(reader: FormReader): Measurements {
  const measured = known(SEEN_WITH, (eye) => measuresOf(reader, eye));
  const { right, left, both } = measured;
  const refractions = ALL_SLOTS.flatMap((slot) => setOf(reader, slot) ?? []);
  const numbers = Array.from({ length: MOST_PRESSURES }, (_, index) => index + 1);
  const tests = testsOf(reader);
  const sources = sourcesOf(reader, measured, tests);
  const asked = Array.from({ length: MOST_COMPLAINTS }, (_, index) => index + 1);
  const complaints = asked.flatMap((index) => complaintOf(reader, index) ?? []);
  const isSeenByBoth = Boolean(both && (Object.keys(both.acuity).length > 0 || both.near));
  return {
    format: 2,
    ...(complaints.length > 0 ? { complaints } : {}),
    right: right ?? { acuity: {} },
    left: left ?? { acuity: {} },
    ...(both && isSeenByBoth ? { both } : {}),
    refractions,
    pressures: numbers.flatMap((index) => pressureOf(reader, index) ?? []),
    ...(Object.keys(tests).length > 0 ? { tests } : {}),
    ...(Object.keys(sources).length > 0 ? { sources } : {}),
  };
}
