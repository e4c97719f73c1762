import type { MedicineForm } from '@/features/pharmacy/medicines/policy';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { groupBy } from '@/lib/group-by';
import { type Day, shiftDay } from '@/lib/time';
import { type DoseStep, isEye, lastDay, type Meals, SITES, type Site } from './dosage';
import type { Finding } from './safety';

/** FHIR MedicationRequest: written, signed, and taken back. */
export const STATUSES = ['draft', 'active', 'cancelled'] as const;
export type PrescriptionStatus = (typeof STATUSES)[number];
export const STATUS_LABEL: Record<PrescriptionStatus, string> = {
  draft: 'Not signed',
  active: 'Signed',
  cancelled: 'Void',
};

/** What the pharmacy has done with it; `none` until it is signed, and once it is void. */
export const DISPENSE_STATUSES = ['none', 'waiting', 'partial', 'done'] as const;
export type DispenseStatus = (typeof DISPENSE_STATUSES)[number];
export const DISPENSE_LABEL: Record<DispenseStatus, string> = {
  none: 'Not for the pharmacy',
  waiting: 'Not dispensed yet',
  partial: 'Part dispensed',
  done: 'Dispensed',
};

/** Where a line of another prescription is. */
export type LineReference = { prescriptionId: string; lineId: string };

/** One medicine as it was prescribed; the formulary may change afterwards, this does not. */
export type PrescriptionLine = {
  id: string;
  /** Absent for what is not in the formulary. */
  medicineId?: string | undefined;
  name: string;
  ingredient?: string | undefined;
  form: MedicineForm;
  strength?: string | undefined;
  /** What the pharmacy counts it by. */
  unit: string;
  site: Site;
  steps: DoseStep[];
  meals?: Meals | undefined;
  note?: string | undefined;
  /** In units. */
  quantity: number;
  isSubstitutionAllowed: boolean;
  /** The line that this one continues or changes. */
  replaces?: LineReference | undefined;
};

/** What the patient is to take no longer, and why. */
export type Stop = LineReference & { name: string; reason: string };
/** Why something that a rule of safety stops was prescribed all the same. */
export type Override = { key: string; sentence: string; reason: string };

/** What is sealed of a prescription. */
export type PrescriptionContent = { lines: PrescriptionLine[]; stops: Stop[]; overrides: Override[] };
export const NO_CONTENT: PrescriptionContent = { lines: [], stops: [], overrides: [] };

/** What became of a line at the pharmacy. */
type LineDispensed = {
  /** Units so far. */
  given: number;
  /** What was given in place of what was prescribed, and who agreed: for the doctor to see. */
  instead?: { name: string; agreedWith?: string | undefined }[] | undefined;
  /** Nothing more will be given, and why: for the doctor to see. */
  notDispensed?: { reason: string; byName: string } | undefined;
};
export type Dispensed = Record<string, LineDispensed>;

/** "Moxifloxacin 0.5 %". */
export const lineTitle = ({ name, strength }: Pick<PrescriptionLine, 'name' | 'strength'>): string =>
  strength ? `${name} ${strength}` : name;

/** "2 bottles". */
export const quantityText = ({ quantity, unit }: Pick<PrescriptionLine, 'quantity' | 'unit'>): string =>
  countOf(quantity, unit);

/** What is still to be given of a line, in units. */
export function owedOf(line: Pick<PrescriptionLine, 'id' | 'quantity'>, dispensed: Dispensed): number {
  const done = dispensed[line.id];
  return done?.notDispensed ? 0 : Math.max(0, line.quantity - (done?.given ?? 0));
}

/** What the pharmacy has done with a signed prescription as a whole. */
export function dispenseStatusOf(
  lines: readonly Pick<PrescriptionLine, 'id' | 'quantity'>[],
  dispensed: Dispensed,
): DispenseStatus {
  if (lines.length === 0) return 'none';
  if (lines.every((line) => owedOf(line, dispensed) === 0)) return 'done';
  const isTouched = lines.some(({ id }) => (dispensed[id]?.given ?? 0) > 0 || dispensed[id]?.notDispensed);
  return isTouched ? 'partial' : 'waiting';
}

/** Whether two words are one unit: "Strip" is a strip. Quantities of different units are never compared. */
export const isSameUnit = (a: string, b: string): boolean =>
  a.trim().toLowerCase() === b.trim().toLowerCase();

/**
 * What the pharmacy has done, once the doctor has changed the lines: "not dispensed" was said of the line as
 * it was, and holds no longer for another one.
 */
export function dispensedAfter(
  before: readonly PrescriptionLine[],
  after: readonly PrescriptionLine[],
  dispensed: Dispensed,
): Dispensed {
  const was = new Map(before.map((line) => [line.id, JSON.stringify(line)]));
  const isChanged = (line: PrescriptionLine) => was.get(line.id) !== JSON.stringify(line);
  const changed = new Set(after.filter(isChanged).map(({ id }) => id));
  return Object.fromEntries(
    Object.entries(dispensed).map(([id, one]) => [id, changed.has(id) ? { given: one.given } : one]),
  );
}

/** What a prescription must have before it is shown to `medicinesNow`. */
type Signed = {
  id: string;
  day: Day;
  status: PrescriptionStatus;
  signed: { name: string } | null;
  lines: readonly PrescriptionLine[];
  stops: readonly Stop[];
};
export type MedicineNow = {
  prescriptionId: string;
  line: PrescriptionLine;
  since: Day;
  /** The last day of the course; null for an ongoing one. */
  until: Day | null;
  byName: string;
};

const referenceKey = ({ prescriptionId, lineId }: LineReference): string => `${prescriptionId} ${lineId}`;

/**
 * What a patient takes on a day: the lines of signed prescriptions that have not ended, were not stopped and
 * were not replaced. Those that end first come first, ongoing ones last.
 */
export function medicinesNow(prescriptions: readonly Signed[], today: Day): MedicineNow[] {
  const active = prescriptions.filter(({ status }) => status === 'active');
  const gone = new Set(
    active.flatMap(({ lines, stops }) => [
      ...stops.map(referenceKey),
      ...lines.flatMap(({ replaces }) => (replaces ? [referenceKey(replaces)] : [])),
    ]),
  );
  return active
    .flatMap(({ id, day, lines, signed }) =>
      lines.map((line) => ({
        prescriptionId: id,
        line,
        since: day,
        until: lastDay(day, line.steps),
        byName: signed?.name ?? '',
      })),
    )
    .filter(({ prescriptionId, line, until }) => {
      const isOver = until !== null && until < today;
      return !isOver && !gone.has(referenceKey({ prescriptionId, lineId: line.id }));
    })
    .sort((a, b) => (a.until ?? '9999').localeCompare(b.until ?? '9999'));
}

const SHORTEST_DAYS = 14;
const MOST_SHOWN = 8;

/**
 * What the eyes of a patient were given and when, for a chart: the latest few that lasted two weeks or more.
 * What was stopped or changed ends on that day; one course that follows another is one.
 */
export function medicineTimes(prescriptions: readonly Signed[]) {
  const active = prescriptions.filter(({ status }) => status === 'active');
  const ends = new Map<string, Day>();
  for (const { day, lines, stops } of active)
    for (const gone of [...stops, ...lines.flatMap(({ replaces }) => replaces ?? [])]) {
      const known = ends.get(referenceKey(gone));
      if (!known || day < known) ends.set(referenceKey(gone), day);
    }
  const courses = active.flatMap(({ id, day, lines }) =>
    lines
      .filter(({ site }) => isEye(site))
      .map((line) => {
        const planned = lastDay(day, line.steps);
        const ended = ends.get(referenceKey({ prescriptionId: id, lineId: line.id }));
        const until = ended && (planned === null || ended < planned) ? ended : planned;
        return { label: `${lineTitle(line)}, ${SITES[line.site].toLowerCase()}`, from: day, until };
      }),
  );
  const byLabel = groupBy(
    courses.sort((a, b) => a.from.localeCompare(b.from)),
    ({ label }) => label,
  );
  const times = [...byLabel].map(([label, all]) => {
    const parts: { from: Day; until: Day | null }[] = [];
    for (const { from, until } of all) {
      const last = parts.at(-1);
      if (!last || (last.until !== null && shiftDay(last.until, 1) < from)) parts.push({ from, until });
      else if (last.until !== null && (until === null || until > last.until)) last.until = until;
    }
    return { label, parts };
  });
  const isLong = ({ from, until }: { from: Day; until: Day | null }) =>
    until === null || until >= shiftDay(from, SHORTEST_DAYS - 1);
  // What goes on, or went on longest, of all that were given: an old medicine is not pushed out by new ones.
  const endOf = ({ parts }: (typeof times)[number]) => parts.at(-1)?.until ?? '9999-12-31';
  const latest = times
    .filter(({ parts }) => parts.some(isLong))
    .sort((a, b) => endOf(a).localeCompare(endOf(b)))
    .slice(-MOST_SHOWN);
  return times.filter((one) => latest.includes(one));
}

/** What a sheet lacks before it may be signed, in one sentence; null when nothing. */
export function signProblem(
  { lines, stops, overrides }: PrescriptionContent,
  findings: readonly Finding[],
): string | null {
  if (lines.length === 0 && stops.length === 0) return 'Prescribe something before you sign.';
  const wrong = lines.find(({ form, site }) => isSwallowed(form) && isEye(site));
  if (wrong) return `${lineTitle(wrong)} is not for the eye: say how it is taken.`;
  const given = new Map(overrides.map(({ key, reason }) => [key, reason]));
  const open = findings.find(({ severity, key }) => severity === 'stop' && !given.get(key)?.trim());
  return open ? `${open.sentence} Say why it is prescribed all the same, or take it out.` : null;
}

const isSwallowed = (form: MedicineForm): boolean => form === 'tablet' || form === 'capsule';

/** Of one medicine on one prescription, and for how many days of a step. */
export const MOST_PRESCRIBED = 999;
export const MOST_DAYS = 730;
