import type { Dosage } from '@/features/record/prescriptions/dosage';
import { ingredientsIn } from '@/features/record/prescriptions/ingredients';
import type { Override, PrescriptionLine } from '@/features/record/prescriptions/policy';
import { checkSafety, type Finding, type SafetyFacts } from '@/features/record/prescriptions/safety';
import type { Day } from '@/lib/time';

/** FHIR's reasons why something was not dispensed, as the doctor reads them. */
export const NOT_DISPENSED = [
  'Out of stock',
  'The patient has it already',
  'The patient did not want it',
  'Too expensive for the patient',
  'The doctor was asked and stopped it',
] as const;

/** What was given of a line. */
export type DispensedLine = {
  lineId: string;
  name: string;
  unit: string;
  /** What was taken from the shelf; absent of what was given before it was noted, and of nothing. */
  medicineId?: string | undefined;
  /** How it is used, as it was prescribed at that moment: what the label says. */
  dosage?: (Dosage & { note?: string | undefined }) | undefined;
  /** Units; 0 where it was not dispensed. */
  quantity: number;
  lots: { batchId: string; lotNumber: string; expiresOn: string; quantity: number }[];
  /** Who agreed that something else was given than what was prescribed. */
  agreedWith?: string | undefined;
  notDispensedReason?: string | undefined;
  /** What spoke against it, and why it was given all the same. */
  overrides?: { sentence: string; reason: string }[] | undefined;
};

/** Who bought something at the counter without a prescription of this hospital. */
export type Sale = {
  buyer: { name: string; number: string; phone?: string | undefined };
  /** Of the paper that was shown. */
  prescriber?: { name: string; address?: string | undefined } | undefined;
  paperDay?: string | undefined;
};

/**
 * The price of a piece, and never more than what is printed on the packs that it is taken from: of several
 * lots, the lowest. Without a price of its own a medicine costs that; null where there is neither.
 */
export function withinMrp(
  unitMinor: number | null,
  lots: readonly { mrpMinor?: number | null | undefined }[],
): number | null {
  const printed = lots.flatMap(({ mrpMinor }) => (typeof mrpMinor === 'number' ? [mrpMinor] : []));
  if (printed.length === 0) return unitMinor;
  return Math.min(...printed, ...(unitMinor === null ? [] : [unitMinor]));
}

/** Of lots that would go, those that expire before the course is over; none of a course without an end. */
export const lotsTooShort = <L extends { expiresOn: Day }>(lots: readonly L[], endsOn: Day | null): L[] =>
  endsOn ? lots.filter(({ expiresOn }) => expiresOn < endsOn) : [];

/** Whether there is anything to stick a label on. */
export const hasLabels = (lines: readonly DispensedLine[]): boolean =>
  lines.some(({ dosage, quantity }) => dosage && quantity > 0);

/** What is said at the counter, in the order in which it is said. */
export const COUNSELLING = {
  hands: 'Wash your hands first',
  shake: 'Shake the bottle',
  tip: 'Do not touch the eye with the tip',
  gap: 'Wait 5 minutes between two drops',
  lenses: 'Take contact lenses out first',
  blur: 'Do not drive while the sight is blurred',
  finish: 'Do not stop earlier, even when it is better',
  discard: 'Throw it away on the day that the label says',
} as const;
export type CounsellingPoint = keyof typeof COUNSELLING;
export const COUNSELLING_POINTS = Object.keys(COUNSELLING) as [CounsellingPoint, ...CounsellingPoint[]];

/** What the patient was told, and whether they said it back in their own words. */
export type Counselling = {
  points: CounsellingPoint[];
  note?: string | undefined;
  isTaughtBack: boolean;
  byName: string;
  at: string;
};

type Given = {
  name: string;
  genericName?: string | null | undefined;
  form: string;
  strength?: string | null | undefined;
};
const plain = (text: string | null | undefined): string => (text ?? '').toLowerCase().replace(/\s/g, '');

/** Whether a medicine has what the line prescribes: ingredient, strength and form. */
export function isSameMedicine(line: PrescriptionLine, given: Given): boolean {
  if (line.form !== given.form || plain(line.strength) !== plain(given.strength)) return false;
  const [wanted, has] = [
    ingredientsIn(line.name, line.ingredient),
    ingredientsIn(given.name, given.genericName),
  ];
  if (wanted.length === 0 || has.length === 0) return plain(line.name) === plain(given.name);
  return wanted.length === has.length && wanted.every((one) => has.includes(one));
}

/**
 * What forbids to give a medicine for a line, unless somebody says why it is given all the same. What the
 * prescriber has overruled was overruled of the prescribed medicine, and of nothing else.
 */
export function dangersOf(
  line: PrescriptionLine,
  given: Given,
  facts: SafetyFacts,
  overrides: readonly Override[],
): Finding[] {
  const found = checkSafety([{ id: line.id, name: given.name, ingredient: given.genericName }], facts);
  const overruled = new Set(isSameMedicine(line, given) ? overrides.map(({ key }) => key) : []);
  return found.filter(({ severity, key }) => severity === 'stop' && !overruled.has(key));
}

type Asked = { lineId: string; quantity: number; notDispensedReason?: string | undefined };

/** Whether a press asks for what was given already: the same lines, as many of each. */
export function isSameGiving(given: readonly DispensedLine[], asked: readonly Asked[]): boolean {
  const keyOf = ({ lineId, quantity, notDispensedReason = '' }: Asked) =>
    JSON.stringify([lineId, quantity, notDispensedReason]);
  return given.map(keyOf).sort().join() === asked.map(keyOf).sort().join();
}
