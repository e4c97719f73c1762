import { ingredientsIn } from '@/features/record/prescriptions/ingredients';
import type { Override, PrescriptionLine } from '@/features/record/prescriptions/policy';
import { checkSafety, type Finding, type SafetyFacts } from '@/features/record/prescriptions/safety';

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
  /** Units; 0 where it was not dispensed. */
  quantity: number;
  lots: { batchId: string; lotNumber: string; expiresOn: string; quantity: number }[];
  /** Who agreed that something else was given than what was prescribed. */
  agreedWith?: string | undefined;
  notDispensedReason?: string | undefined;
  /** What spoke against it, and why it was given all the same. */
  overrides?: { sentence: string; reason: string }[] | undefined;
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
