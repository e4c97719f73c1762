import { LABEL_SIZES, type LabelSize, type PaperDocument } from '@/lib/paper';
import { type Day, formatDay } from '@/lib/time';
import type { Patient } from './dto';
import { birthText, noPhoneText, SEXES } from './policy';

type Facts = {
  size: LabelSize;
  /** How many, and how many places of the sheet are used already. */
  count: number;
  skip: number;
  hospital: string;
  today: Day;
  printed: string;
};

/** Stickers for a patient's folder, drops and samples: who it is, so that nobody is taken for another. */
export function patientLabels(
  patient: Pick<
    Patient,
    'name' | 'number' | 'sex' | 'dateOfBirth' | 'isBirthEstimated' | 'phone' | 'noPhoneReason'
  >,
  { size, count, skip, hospital, today, printed }: Facts,
): PaperDocument {
  const born = birthText({ day: patient.dateOfBirth, isEstimated: patient.isBirthEstimated }, today);
  const label = {
    head: patient.number,
    title: patient.name,
    lines: [
      patient.sex === 'unknown' ? born : `${SEXES[patient.sex]}, ${born}`,
      patient.phone ?? noPhoneText(patient.noPhoneReason),
    ],
    foot: hospital,
  };
  return {
    title: `Labels of the patient, ${LABEL_SIZES[size]}`,
    size,
    head: null,
    margins: { top: 0, bottom: 0, side: 0 },
    patient: `${patient.name}, ${patient.number}`,
    day: formatDay(today),
    blocks: [{ kind: 'labels', labels: Array.from({ length: count }, () => label), skip }],
    printed,
    language: 'en',
  };
}
