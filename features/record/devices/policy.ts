import { METHOD_LABEL } from '@/features/record/examinations/acuity';
import { acuityShown, readAcuity, type Acuity as Seen } from '@/features/record/examinations/acuity-reading';
import { readTest, TEST_BOXES } from '@/features/record/examinations/eye-tests';
import { EYE_LABEL, EYES, type Eye } from '@/features/record/examinations/eyes';
import { acuityField, testField } from '@/features/record/examinations/fields';
import {
  type EyeMeasures,
  type Measurements,
  SEEN_LABEL,
  type SeenWith,
} from '@/features/record/examinations/policy';
import type { PressureReading } from '@/features/record/examinations/pressure';
import { CYLINDERS, powerText, SPHERES } from '@/features/record/examinations/refraction';
import {
  type EyeLens,
  REFRACTION_KINDS,
  type RefractionSet,
  SETS_PER_KIND,
} from '@/features/record/examinations/refraction-sets';
import type { DeviceFile, DeviceReading } from './readings';

/** A reading that was chosen, with its eye: somebody has said it where the device did not. */
export type ChosenReading =
  | (Exclude<DeviceReading, { kind: 'acuity' | 'shown' | 'error' }> & { eye: Eye })
  | (Acuity & { eye: SeenWith });
type Acuity = Extract<DeviceReading, { kind: 'acuity' }>;

/** A reading with its eye, the device's own word before what people say; nothing for what is shown alone. */
export function chosenOf(reading: DeviceReading, said: SeenWith | null): ChosenReading[] {
  if (reading.kind === 'error' || reading.kind === 'shown') return [];
  const eye = reading.eye ?? said;
  if (!eye) return [];
  if (reading.kind === 'acuity') return [{ ...reading, eye }];
  return eye === 'both' ? [] : [{ ...reading, eye }];
}

/** The line of a decimal in the house's base, with the letters; the sentence for what is none. */
function seenAs({ decimal, letters }: Acuity): Seen | { problem: string } {
  if (decimal.value <= 0) return { problem: 'The acuity is no line.' };
  const line = `6/${Math.round(60 / decimal.value) / 10}`;
  return readAcuity(letters === 0 ? line : `${line}${letters > 0 ? '+' : ''}${letters}`);
}

const quartersOf = (dioptres: number): number => Math.round(dioptres * 4) || 0;
/** A circle has no direction 0: it is 180. */
const degreesOf = (axis: number): number => Math.round(axis) % 180 || 180;

/** The lens as it is kept, in quarters; the sentence for what is none. */
function lensOf(reading: Extract<DeviceReading, { kind: 'lens' }>): EyeLens | { problem: string } {
  const [sphere, cylinder] = [quartersOf(reading.sphere.value), quartersOf(reading.cylinder?.value ?? 0)];
  if (sphere < SPHERES.least || sphere > SPHERES.most) return { problem: 'The sphere is out of range.' };
  if (cylinder < CYLINDERS.least || cylinder > CYLINDERS.most)
    return { problem: 'The cylinder is out of range.' };
  const axis =
    reading.axis && reading.axis.value >= 0 && reading.axis.value <= 180 ? reading.axis.value : null;
  if (cylinder !== 0 && axis === null) return { problem: 'The cylinder has no axis.' };
  const add = quartersOf(reading.add?.value ?? 0);
  return {
    sphere,
    cylinder,
    ...(cylinder !== 0 && axis !== null ? { axis: degreesOf(axis) } : {}),
    ...(add >= 2 && add <= 16 ? { add } : {}),
  };
}

/** What a reading says, as the device wrote it and as it would be kept. */
export function readingText(reading: DeviceReading): { label: string; raw: string; kept: string | null } {
  if (reading.kind === 'error') return { label: reading.of, raw: `Error: ${reading.text}`, kept: null };
  if (reading.kind === 'shown') return { label: reading.of, raw: reading.text, kept: null };
  if (reading.kind === 'acuity') {
    const { decimal, letters, method } = reading;
    const seen = seenAs(reading);
    return {
      label: `Acuity, ${METHOD_LABEL[method].toLowerCase()}`,
      raw: `${decimal.raw} decimal${letters === 0 ? '' : `, ${letters > 0 ? '+' : ''}${letters} letters`}`,
      kept: 'problem' in seen ? null : acuityShown(seen, 'metres'),
    };
  }
  if (reading.kind === 'test') {
    const box = boxOf(reading.key);
    const kept = testOf(reading);
    return {
      label: box?.label ?? reading.key,
      raw: [reading.figure.raw, box?.unit].filter(Boolean).join(' '),
      kept: kept === null ? null : [kept, box?.unit].filter(Boolean).join(' '),
    };
  }
  if (reading.kind === 'pressure')
    return {
      label: 'Pressure, non-contact',
      raw: reading.mmHg.raw,
      kept: isPressure(reading.mmHg.value) ? `${halfOf(reading.mmHg.value)} mmHg` : null,
    };
  if (reading.kind === 'thickness')
    return {
      label: 'Corneal thickness',
      raw: reading.micrometres.raw,
      kept: `${reading.micrometres.value} µm`,
    };
  if (reading.kind === 'keratometry') {
    const { k1, k2 } = reading;
    const of = (one: typeof k1) => [one.power.raw, one.axis ? `× ${one.axis.raw}` : ''].join(' ').trim();
    const isIn = [k1, k2].every(({ power }) => power.value >= 20 && power.value <= 90);
    return {
      label: 'Keratometry',
      raw: `${of(k1)}, ${of(k2)}`,
      kept: isIn ? `K1 ${k1.power.value.toFixed(2)}, K2 ${k2.power.value.toFixed(2)} D` : null,
    };
  }
  const lens = lensOf(reading);
  const { sphere, cylinder, axis, add } = reading;
  return {
    label: REFRACTION_KINDS[reading.set],
    raw: [sphere.raw, cylinder?.raw, axis ? `× ${axis.raw}` : null, add ? `add ${add.raw}` : null]
      .filter(Boolean)
      .join(' '),
    kept:
      'problem' in lens
        ? null
        : [
            lens.sphere === 0 ? 'plano' : powerText(lens.sphere),
            lens.cylinder === 0 ? null : `${powerText(lens.cylinder)} × ${lens.axis}`,
            lens.add ? `add ${powerText(lens.add)}` : null,
          ]
            .filter(Boolean)
            .join(' '),
  };
}

const boxOf = (key: string) => TEST_BOXES.find((one) => one.key === key);

/** The figure in the steps of its box; null for what the box does not take. */
function testOf({ key, figure }: Extract<DeviceReading, { kind: 'test' }>): string | null {
  const box = boxOf(key);
  if (!box?.range) return null;
  const { step } = box.range;
  const decimals = String(step).split('.')[1]?.length ?? 0;
  const read = readTest(box, (Math.round(figure.value / step) * step).toFixed(decimals));
  return typeof read === 'string' ? read : null;
}

const halfOf = (mmHg: number): number => Math.round(mmHg * 2) / 2;
const isPressure = (mmHg: number): boolean => mmHg >= 0 && mmHg <= 80;

type Person = { number: string; name: string; dateOfBirth: string; isBirthEstimated: boolean; sex: string };
const lettersOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{M}]+/gu, ' ')
    .trim();

/**
 * Whether a file is this patient's. `conflicts`: it is somebody else's, and is not taken. `doubts`: a person
 * has to say that it is; a device's number is typed by hand, or is the last patient's.
 */
export function identityOf(
  { patient: said }: DeviceFile,
  patient: Person,
): { conflicts: string[]; doubts: string[] } {
  const conflicts: string[] = [];
  const doubts: string[] = [];
  if (said.birthDate && !patient.isBirthEstimated && said.birthDate !== patient.dateOfBirth)
    conflicts.push(`The device has the birth date ${said.birthDate}.`);
  if ((said.sex === 'm' && patient.sex === 'female') || (said.sex === 'f' && patient.sex === 'male'))
    conflicts.push(`The device has a ${said.sex === 'm' ? 'male' : 'female'} patient.`);
  if (!said.id) doubts.push('The device has no number of the patient.');
  else if (said.id.toLowerCase() !== patient.number.toLowerCase())
    doubts.push(`The device has the number ${said.id}, and the patient has ${patient.number}.`);
  const [theirs, ours] = [lettersOf(said.name), lettersOf(patient.name)];
  if (theirs && theirs.split(' ').sort().join(' ') !== ours.split(' ').sort().join(' '))
    doubts.push(`The device has the name ${said.name}.`);
  return { conflicts, doubts };
}

/** Where values come from, as it stands beside them: "NIDEK ARK-1, 2026-11-29 07:13". */
export const sourceOf = ({ device, takenAt }: DeviceFile): string =>
  [device || 'Device', takenAt].filter(Boolean).join(', ');

/**
 * The measurements with the readings beside what is there: a lens is a set of its own, a pressure a reading
 * of its own; what a person has measured is never overwritten. The same file again adds nothing.
 * @returns also what was left out, with why.
 */
export function withReadings(
  measurements: Measurements,
  chosen: readonly ChosenReading[],
  source: string,
): { measurements: Measurements; left: string[] } {
  const left: string[] = [];
  const refractions = [...measurements.refractions];
  for (const kind of ['own', 'auto', 'subjective'] as const) {
    const lenses = chosen.flatMap((one) => (one.kind === 'lens' && one.set === kind ? [one] : []));
    if (lenses.length === 0) continue;
    const label = REFRACTION_KINDS[kind];
    if (refractions.some((set) => set.kind === kind && set.source === source)) {
      left.push(`${label}: taken over already.`);
      continue;
    }
    if (refractions.filter((set) => set.kind === kind).length >= SETS_PER_KIND) {
      left.push(`${label}: there are ${SETS_PER_KIND} already.`);
      continue;
    }
    const set: RefractionSet = { kind, source };
    for (const reading of lenses) {
      const lens = lensOf(reading);
      if ('problem' in lens) left.push(`${label}, ${EYE_LABEL[reading.eye].toLowerCase()}: ${lens.problem}`);
      else if (set[reading.eye]) left.push(`${label}: two for the ${reading.eye} eye, the first is kept.`);
      else set[reading.eye] = lens;
    }
    const vertex = Math.round(lenses[0]?.vertex?.value ?? 0);
    if (vertex >= 5 && vertex <= 20) set.vertex = vertex;
    if (set.right ?? set.left) refractions.push(set);
  }
  const pressures = [...measurements.pressures];
  const pressed: PressureReading = { method: 'nct', source };
  for (const one of chosen)
    if (one.kind === 'pressure' && isPressure(one.mmHg.value))
      pressed[one.eye] = { mmHg: halfOf(one.mmHg.value) };
  if (EYES.some((eye) => pressed[eye])) {
    if (pressures.some((one) => one.source === source)) left.push('Pressure: taken over already.');
    else if (pressures.length >= 8) left.push('Pressure: there are 8 readings already.');
    else pressures.push(pressed);
  }
  const sources = { ...measurements.sources };
  const seen: Partial<Record<SeenWith, EyeMeasures>> = {};
  for (const one of chosen) {
    if (one.kind !== 'acuity') continue;
    const { eye, method } = one;
    const read = seenAs(one);
    const { acuity, ...rest } = seen[eye] ?? measurements[eye] ?? { acuity: {} };
    const label = `${METHOD_LABEL[method]}, ${SEEN_LABEL[eye].toLowerCase()}`;
    if ('problem' in read) left.push(`${label}: ${read.problem}`);
    else if (acuity[method]) left.push(`${label}: is there already.`);
    else {
      seen[eye] = { ...rest, acuity: { ...acuity, [method]: read } };
      sources[acuityField(eye, method)] = source;
    }
  }
  const tests = { ...measurements.tests };
  const put = (eye: Eye, values: Record<string, string>, label: string) => {
    const isTaken = Object.keys(values).some((key) => tests[key]?.[eye]);
    if (isTaken) left.push(`${label}, ${EYE_LABEL[eye].toLowerCase()} eye: is there already.`);
    else
      for (const [key, value] of Object.entries(values)) {
        tests[key] = { ...tests[key], [eye]: value };
        sources[testField(key, eye)] = source;
      }
  };
  for (const one of chosen) {
    if (one.kind === 'thickness') put(one.eye, { cct: String(one.micrometres.value) }, 'Corneal thickness');
    if (one.kind === 'test') {
      const kept = testOf(one);
      if (kept !== null) put(one.eye, { [one.key]: kept }, boxOf(one.key)?.label ?? one.key);
    }
    if (one.kind === 'keratometry' && readingText(one).kept)
      put(one.eye, { ...meridian('k1', one.k1), ...meridian('k2', one.k2) }, 'Keratometry');
  }
  return {
    left,
    measurements: {
      ...measurements,
      ...seen,
      refractions,
      pressures,
      ...(Object.keys(tests).length > 0 ? { tests } : {}),
      ...(Object.keys(sources).length > 0 ? { sources } : {}),
    },
  };
}

function meridian(
  key: 'k1' | 'k2',
  { power, radius, axis }: Extract<DeviceReading, { kind: 'keratometry' }>['k1'],
): Record<string, string> {
  return {
    [key]: String(Number(power.value.toFixed(2))),
    ...(axis ? { [`${key}-axis`]: String(degreesOf(axis.value)) } : {}),
    ...(radius && radius.value >= 4 && radius.value <= 12
      ? { [`${key}-radius`]: String(Number(radius.value.toFixed(2))) }
      : {}),
  };
}
