import type { Notation } from '@/features/record/examinations/acuity';
import type { Examination } from '@/features/record/examinations/dto';
import { EYE_LABEL, EYES } from '@/features/record/examinations/eyes';
import {
  diagnosisLine,
  foundRows,
  measuredRows,
  measuredTogether,
  orderText,
} from '@/features/record/examinations/shown';
import { dosageText } from '@/features/record/prescriptions/dosage';
import { lineTitle, type MedicineNow } from '@/features/record/prescriptions/policy';

type ReferralFacts = {
  patientName: string;
  /** "42 years, male". */
  age: string;
  examination: Examination | null;
  medicines: readonly MedicineNow[];
  allergies: readonly string[];
  notation: Notation;
};

const byEye = (cell: (eye: 'right' | 'left') => string): string =>
  EYES.flatMap((eye) => {
    const value = cell(eye);
    return value ? [`${EYE_LABEL[eye].toLowerCase()} ${value}`] : [];
  }).join('; ');

/** The letter that a visit makes: to be read, changed and signed. What was not written is not spoken of. */
export function composeReferral(given: ReferralFacts): string {
  const { patientName, age, examination, medicines, allergies, notation } = given;
  const parts: string[] = [`Thank you for seeing ${patientName}, ${age}.`];
  const list = (title: string, lines: readonly string[]) => {
    if (lines.length > 0) parts.push(`${title}:\n${lines.join('\n')}`);
  };
  if (examination) {
    const { measurements, assessment } = examination;
    const { rows = {}, findings, orders = [] } = assessment;
    if (assessment.complaint) parts.push(`Complaint: ${assessment.complaint}`);
    list('Diagnosis', assessment.diagnoses.map(diagnosisLine));
    list('Measured', [
      ...measuredRows(measurements, notation).map(({ label, cell }) => `${label}: ${byEye(cell)}`),
      ...measuredTogether(measurements, notation),
    ]);
    list('Found', [
      ...foundRows(rows).map(({ key, label }) => `${label}: ${byEye((eye) => rows[key]?.[eye] ?? '')}`),
      ...EYES.flatMap((eye) => (findings[eye] ? [`${EYE_LABEL[eye]} eye: ${findings[eye]}`] : [])),
    ]);
    list('Asked for', orders.map(orderText));
    if (assessment.plan) parts.push(`Plan: ${assessment.plan}`);
  }
  list(
    'Medicines',
    medicines.map(({ line }) => `${lineTitle(line)}, ${dosageText(line)}`),
  );
  list('Allergies', [...allergies]);
  parts.push('Please let us know what you find.');
  return parts.join('\n\n');
}
