import { ingredientsIn } from '@/features/record/prescriptions/ingredients';
import type { PrescriptionLine } from '@/features/record/prescriptions/policy';

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
