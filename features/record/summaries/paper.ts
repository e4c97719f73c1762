import type { VisitDetails } from '@/features/frontdesk/queue/queries';
import type { ContactLensPrescription } from '@/features/record/contact-lenses/dto';
import { contactLensBlocks } from '@/features/record/contact-lenses/paper';
import type { Notation } from '@/features/record/examinations/acuity';
import { complaintText } from '@/features/record/examinations/complaints';
import { drawnPictures } from '@/features/record/examinations/drawings';
import type { Examination } from '@/features/record/examinations/dto';
import { ORDER_KINDS } from '@/features/record/examinations/orders';
import { EYE_LABEL, EYES, hasAssessment, hasMeasurements } from '@/features/record/examinations/policy';
import {
  diagnosisLine,
  foundRows,
  measuredRows,
  measuredTogether,
  orderText,
  reviewText,
  targetsText,
} from '@/features/record/examinations/shown';
import type { Prescription } from '@/features/record/prescriptions/dto';
import type { PaperLanguage } from '@/features/record/prescriptions/instructions';
import { medicineBlocks } from '@/features/record/prescriptions/paper';
import type { SpectaclesPrescription } from '@/features/record/spectacles/dto';
import { spectacleBlocks } from '@/features/record/spectacles/paper';
import type { PaperBlock, PaperDocument, PaperFact } from '@/lib/paper';
import { dayOf, formatDay } from '@/lib/time';

export type SummaryFacts = {
  visit: Pick<VisitDetails, 'patientName' | 'patientNumber' | 'sex' | 'day' | 'doctorName'>;
  examination: Examination | null;
  prescription: Prescription | null;
  spectacles: SpectaclesPrescription | null;
  lenses: ContactLensPrescription | null;
  allergies: readonly string[];
  /** What the patient has had, by part. */
  history?: readonly PaperFact[];
  notation: Notation;
  age: string;
  timeZone: string;
  /** Of how medicines are used, beside the English. */
  language: PaperLanguage;
};

const BY_EYE = ['', ...EYES.map((eye) => `${EYE_LABEL[eye]} eye`)];

function measuredBlocks({ measurements }: Examination, notation: Notation): PaperBlock[] {
  const rows = measuredRows(measurements, notation).map(({ label, cell }) => [label, ...EYES.map(cell)]);
  const together = measuredTogether(measurements, notation);
  if (rows.length === 0 && together.length === 0) return [];
  return [
    { kind: 'heading', text: 'Measured' },
    ...(rows.length > 0 ? [{ kind: 'table' as const, columns: BY_EYE, rows }] : []),
    ...(together.length > 0
      ? [{ kind: 'facts' as const, facts: [{ label: 'Both eyes', value: together.join('; ') }] }]
      : []),
  ];
}

function decidedFacts({ assessment, measurements }: Examination): PaperFact[] {
  const { complaint, findings, diagnoses, orders = [], plan } = assessment;
  const all = [
    {
      label: 'Complaint',
      value: [...(measurements.complaints ?? []).map(complaintText), complaint].filter(Boolean).join('\n'),
    },
    ...EYES.map((eye) => ({ label: `${EYE_LABEL[eye]} eye`, value: findings[eye] })),
    { label: 'Diagnosis', value: diagnoses.map(diagnosisLine).join('\n') },
    { label: 'Target pressure', value: targetsText(assessment) },
    ...(['investigation', 'procedure'] as const).map((kind) => ({
      label: `${ORDER_KINDS[kind]}s`,
      value: orders
        .filter((one) => one.kind === kind)
        .map(orderText)
        .join('\n'),
    })),
    { label: 'Plan', value: plan },
    { label: 'Come again', value: reviewText(assessment) },
  ];
  return all.flatMap(({ label, value }) => (value ? [{ label, value }] : []));
}

function foundBlocks(examination: Examination): PaperBlock[] {
  const { rows = {} } = examination.assessment;
  const found = foundRows(rows).map(({ key, label }) => [
    label,
    ...EYES.map((eye) => rows[key]?.[eye] ?? ''),
  ]);
  const facts = decidedFacts(examination);
  const drawings = drawnPictures(examination.assessment.drawings ?? {});
  if (found.length === 0 && facts.length === 0 && drawings.length === 0) return [];
  return [
    { kind: 'heading', text: 'Found' },
    ...(found.length > 0 ? [{ kind: 'table' as const, columns: BY_EYE, rows: found }] : []),
    ...(drawings.length > 0 ? [{ kind: 'drawings' as const, drawings }] : []),
    ...(facts.length > 0 ? [{ kind: 'facts' as const, facts }] : []),
  ];
}

type Signature = { name: string; at: string; registrationNumber?: string };

/** One for each person who signed, with what they signed; nobody stands under what somebody else wrote. */
function signatureBlocks({
  examination,
  prescription,
  spectacles,
  lenses,
  timeZone,
}: SummaryFacts): PaperBlock[] {
  const all: [what: string, signed: Signature | null | undefined][] = [
    ['Examination', examination?.signed],
    ['Medicines', prescription?.signed],
    ['Glasses', spectacles?.signed],
    ['Contact lenses', lenses?.signed],
  ];
  const people = new Map<string, { what: string[]; registration: string; days: Set<string> }>();
  for (const [what, signed] of all) {
    if (!signed) continue;
    const one = people.get(signed.name) ?? { what: [], registration: '', days: new Set<string>() };
    one.what.push(one.what.length === 0 ? what : what.toLowerCase());
    one.registration ||= signed.registrationNumber ?? '';
    one.days.add(formatDay(dayOf(new Date(signed.at), timeZone)));
    people.set(signed.name, one);
  }
  return [...people].map(([name, { what, registration, days }]) => ({
    kind: 'signature' as const,
    name,
    lines: [
      ...(registration ? [`Registration ${registration}`] : []),
      `${what.join(', ')} signed ${[...days].join(', ')}`,
    ],
  }));
}

/** The case sheet of a visit: what was measured, found and prescribed, and whether that is signed. */
export function summaryPaper(
  facts: SummaryFacts,
  frame: Pick<PaperDocument, 'size' | 'head' | 'margins' | 'printed'>,
  printMark?: string,
): PaperDocument {
  const { visit, examination, prescription, spectacles, lenses, allergies, notation, age, language } = facts;
  const { history = [] } = facts;
  const isWritten =
    examination && (hasMeasurements(examination.measurements) || hasAssessment(examination.assessment));
  const mark = isWritten && !examination.signed ? 'Not signed' : printMark;
  return {
    ...frame,
    title: 'Visit summary',
    patient: `${visit.patientName}, ${visit.patientNumber}`,
    day: `${age}, ${visit.sex}. ${formatDay(visit.day)}${visit.doctorName ? `, ${visit.doctorName}` : ''}`,
    language,
    ...(mark ? { mark } : {}),
    blocks: [
      ...(allergies.length > 0
        ? [{ kind: 'facts' as const, facts: [{ label: 'Allergies', value: allergies.join(', ') }] }]
        : []),
      ...(history.length > 0
        ? [
            { kind: 'heading' as const, text: 'History' },
            { kind: 'facts' as const, facts: [...history] },
          ]
        : []),
      ...(examination ? [...measuredBlocks(examination, notation), ...foundBlocks(examination)] : []),
      ...(prescription && prescription.lines.length > 0
        ? [
            { kind: 'heading' as const, text: 'Medicines' },
            ...medicineBlocks(prescription.lines, visit.day, language),
          ]
        : []),
      ...(spectacles
        ? [
            { kind: 'heading' as const, text: 'Glasses' },
            ...spectacleBlocks(spectacles.spectacles, visit.day),
          ]
        : []),
      ...(lenses
        ? [
            { kind: 'heading' as const, text: 'Contact lenses' },
            ...contactLensBlocks(lenses.lenses, visit.day),
          ]
        : []),
      ...signatureBlocks(facts),
    ],
  };
}
