import type { VisitDetails } from '@/features/frontdesk/queue/queries';
import { ACUITY_METHODS, METHOD_LABEL, type Notation } from '@/features/record/examinations/acuity';
import { acuityShown } from '@/features/record/examinations/acuity-reading';
import { diagnosisText } from '@/features/record/examinations/diagnoses';
import type { Examination } from '@/features/record/examinations/dto';
import { EYE_LABEL, EYES, REVIEWS, SIDE_LABEL } from '@/features/record/examinations/policy';
import { pressureShown } from '@/features/record/examinations/pressure';
import { refractionText } from '@/features/record/examinations/refraction';
import { slotLabel, slotsOf } from '@/features/record/examinations/refraction-sets';
import type { Prescription } from '@/features/record/prescriptions/dto';
import { itemOf } from '@/features/record/prescriptions/paper';
import type { SpectaclesPrescription } from '@/features/record/spectacles/dto';
import { spectacleBlocks } from '@/features/record/spectacles/paper';
import type { PaperBlock, PaperDocument, PaperFact } from '@/lib/paper';
import { formatDay } from '@/lib/time';

type Found = {
  visit: VisitDetails;
  examination: Examination | null;
  prescription: Prescription | null;
  spectacles: SpectaclesPrescription | null;
  allergies: readonly string[];
  notation: Notation;
  age: string;
};

function measuredBlocks({ measurements }: Examination, notation: Notation): PaperBlock[] {
  const rows = [
    ...ACUITY_METHODS.map((method) => [
      METHOD_LABEL[method],
      ...EYES.map((eye) => {
        const value = measurements[eye].acuity[method];
        return value === undefined ? '' : acuityShown(value, notation);
      }),
    ]),
    ...slotsOf(measurements.refractions).map((slot, index) => [
      slotLabel(slot),
      ...EYES.map((eye) => {
        const lens = measurements.refractions[index]?.[eye];
        return lens ? refractionText(lens) : '';
      }),
    ]),
    ...measurements.pressures.map((reading) => [
      'Pressure, mmHg',
      ...EYES.map((eye) => {
        const value = reading[eye];
        return value ? pressureShown(value) : '';
      }),
    ]),
  ].filter(([, ...cells]) => cells.some(Boolean));
  if (rows.length === 0) return [];
  return [
    { kind: 'heading', text: 'Measured' },
    { kind: 'table', columns: ['', ...EYES.map((eye) => `${EYE_LABEL[eye]} eye`)], rows },
  ];
}

function foundFacts({ assessment }: Examination): PaperFact[] {
  const { complaint, findings, diagnoses, plan, reviewWeeks } = assessment;
  const review = Object.entries(REVIEWS).find(([weeks]) => Number(weeks) === reviewWeeks)?.[1];
  return [
    ...(complaint ? [{ label: 'Complaint', value: complaint }] : []),
    ...EYES.flatMap((eye) => {
      const value = findings[eye];
      return value ? [{ label: `${EYE_LABEL[eye]} eye`, value }] : [];
    }),
    ...(diagnoses.length > 0
      ? [
          {
            label: 'Diagnosis',
            value: diagnoses
              .map((one) =>
                [diagnosisText(one), one.side === 'none' ? '' : SIDE_LABEL[one.side].toLowerCase()]
                  .filter(Boolean)
                  .join(', '),
              )
              .join('\n'),
          },
        ]
      : []),
    ...(plan ? [{ label: 'Plan', value: plan }] : []),
    ...(review ? [{ label: 'Come again', value: review }] : []),
  ];
}

/** The case sheet of a visit: what was measured, found and prescribed. Only what is signed is on it. */
export function summaryPaper(
  { visit, examination, prescription, spectacles, allergies, notation, age }: Found,
  frame: Pick<PaperDocument, 'size' | 'head' | 'margins' | 'printed'>,
  mark?: string,
): PaperDocument {
  const facts = examination ? foundFacts(examination) : [];
  const signed = examination?.signed ?? prescription?.signed ?? null;
  return {
    ...frame,
    title: 'Visit summary',
    patient: `${visit.patientName}, ${visit.patientNumber}`,
    day: `${age}, ${visit.sex}. ${formatDay(visit.day)}${visit.doctorName ? `, ${visit.doctorName}` : ''}`,
    language: 'en',
    ...(mark ? { mark } : {}),
    blocks: [
      ...(allergies.length > 0
        ? [{ kind: 'facts' as const, facts: [{ label: 'Allergies', value: allergies.join(', ') }] }]
        : []),
      ...(examination ? measuredBlocks(examination, notation) : []),
      ...(facts.length > 0
        ? [
            { kind: 'heading' as const, text: 'Found' },
            { kind: 'facts' as const, facts },
          ]
        : []),
      ...(prescription && prescription.lines.length > 0
        ? [
            { kind: 'heading' as const, text: 'Medicines' },
            {
              kind: 'items' as const,
              items: prescription.lines.map((line) => itemOf(line, visit.day, 'en')),
            },
          ]
        : []),
      ...(spectacles
        ? [
            { kind: 'heading' as const, text: 'Glasses' },
            ...spectacleBlocks(spectacles.spectacles, visit.day),
          ]
        : []),
      ...(signed ? [{ kind: 'signature' as const, name: signed.name, lines: [] }] : []),
    ],
  };
}
