import type { PaperBlock, PaperDocument, PaperItem } from '@/lib/paper';
import { dayOf, formatDay } from '@/lib/time';
import { prescriptionCode } from './code';
import { dosageText, doseText, FREQUENCIES, gapText, hoursOf, isEye, stepDays } from './dosage';
import type { Prescription } from './dto';
import { gapIn, instructionsIn, type PaperLanguage } from './instructions';
import { lineTitle, type PrescriptionLine, quantityText } from './policy';

type Frame = Pick<PaperDocument, 'size' | 'head' | 'margins' | 'printed'>;
type Options = {
  language: PaperLanguage;
  age: string;
  allergies: readonly string[];
  /** Of the organization: the day of the signature is a day there. */
  timeZone: string;
  mark?: string | undefined;
};

/** "30 Nov 2026 to 6 Dec 2026: 4 times a day" for each step of a taper. */
function stepLines(line: PrescriptionLine, day: string): string[] {
  if (line.steps.length < 2) return [];
  return stepDays(day, line.steps).flatMap(({ from, until }, index) => {
    const step = line.steps[index];
    if (!step) return [];
    const days = until ? `${formatDay(from)} to ${formatDay(until)}` : `From ${formatDay(from)}`;
    return [`${days}: ${doseText(line.form, step.quarters)} ${FREQUENCIES[step.frequency].label}`];
  });
}

function itemOf(line: PrescriptionLine, day: string, language: PaperLanguage): PaperItem {
  const [first] = line.steps;
  const hours = line.steps.length === 1 && first ? hoursOf(first.frequency) : null;
  const only = line.isSubstitutionAllowed ? [] : ['As written only, no substitution'];
  return {
    title: lineTitle(line),
    aside: quantityText(line),
    lines: [
      dosageText(line),
      ...stepLines(line, day),
      ...(line.note ? [line.note] : []),
      ...(line.ingredient ? [`Contains ${line.ingredient}`] : []),
      ...only,
    ],
    local: instructionsIn(language, line),
    ...(hours ? { hours } : {}),
    ...(isEye(line.site) ? { eye: line.site as 'right' | 'left' | 'both' } : {}),
  };
}

/** The medicines, and how to take two of them together. */
export function medicineBlocks(
  lines: readonly PrescriptionLine[],
  day: string,
  language: PaperLanguage,
): PaperBlock[] {
  const [gap, local] = [gapText(lines), gapIn(language)];
  return [
    { kind: 'items', items: lines.map((line) => itemOf(line, day, language)) },
    ...(gap ? [{ kind: 'text' as const, text: gap, ...(local ? { local } : {}) }] : []),
  ];
}

/** What a patient takes to the pharmacy and home. */
export function prescriptionPaper(prescription: Prescription, frame: Frame, options: Options): PaperDocument {
  const { signed, stops, lines, day, status } = prescription;
  const mark = status === 'cancelled' ? 'Void' : status === 'draft' ? 'Not signed' : options.mark;
  return {
    ...frame,
    title: 'Prescription',
    patient: `${prescription.patientName}, ${prescription.patientNumber}`,
    day: `${options.age}, ${prescription.sex}. ${formatDay(day)}`,
    language: options.language,
    ...(mark ? { mark } : {}),
    blocks: [
      ...(options.allergies.length > 0
        ? [{ kind: 'facts' as const, facts: [{ label: 'Allergies', value: options.allergies.join(', ') }] }]
        : []),
      ...medicineBlocks(lines, day, options.language),
      ...(stops.length > 0
        ? [{ kind: 'text' as const, text: `Stop: ${stops.map(({ name }) => name).join(', ')}` }]
        : []),
      ...(signed && status === 'active'
        ? [
            {
              kind: 'code' as const,
              content: prescriptionCode(prescription.id),
              caption: 'For the pharmacy of this hospital.',
            },
          ]
        : []),
      ...(signed
        ? [
            {
              kind: 'signature' as const,
              name: signed.name,
              lines: [
                `Registration ${signed.registrationNumber}`,
                formatDay(dayOf(new Date(signed.at), options.timeZone)),
              ],
            },
          ]
        : []),
    ],
  };
}
