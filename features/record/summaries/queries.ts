import 'server-only';
import { getVisit } from '@/features/frontdesk/queue/queries';
import type { PaperFrame } from '@/features/identity/papers/queries';
import { findAllergies } from '@/features/patients/allergies/queries';
import { historyLines } from '@/features/patients/histories/policy';
import { findHistory } from '@/features/patients/histories/queries';
import { ageText } from '@/features/patients/patients/policy';
import { getPatient } from '@/features/patients/patients/queries';
import { notationOf } from '@/features/record/examinations/acuity';
import { findExamination } from '@/features/record/examinations/queries';
import { listPrescriptionsOfVisit } from '@/features/record/prescriptions/queries';
import { listSpectaclesOfPatient } from '@/features/record/spectacles/queries';
import type { PaperDocument } from '@/lib/paper';
import type { TenantContext } from '@/lib/tenancy/context';
import { summaryPaper } from './paper';

/**
 * The paper of a visit as a whole, and what it is printed under: what is on it counts its changes.
 * @throws AppError NOT_FOUND.
 */
export async function readSummary(
  ctx: TenantContext,
  visitId: string,
  frame: PaperFrame,
): Promise<{ subject: string; patientId: string; makePaper: (mark?: string) => PaperDocument }> {
  const visit = await getVisit(ctx, visitId);
  // A role of one's own may open visits and see no prescriptions: then the paper has none either.
  const mayPrescriptions = ctx.can('prescriptions:read');
  const [patient, { allergies }, history, examination, prescriptions, glasses] = await Promise.all([
    getPatient(ctx, visit.patientId),
    findAllergies(ctx, visit.patientId),
    findHistory(ctx, visit.patientId),
    findExamination(ctx, visit.id),
    mayPrescriptions ? listPrescriptionsOfVisit(ctx, visit.id) : [],
    mayPrescriptions ? listSpectaclesOfPatient(ctx, visit.patientId) : [],
  ]);
  const prescription = prescriptions.find(({ status }) => status === 'active') ?? null;
  const spectacles = glasses.find((one) => one.visitId === visit.id && !one.voided) ?? null;
  const version = [
    examination ? examination.measurementsVersion + examination.assessmentVersion : 0,
    examination?.signed ? 'signed' : 'unsigned',
    prescription?.version ?? 0,
    spectacles?.id ?? 'none',
    history.version,
  ].join('.');
  const found = {
    ...{ visit, examination, prescription, spectacles },
    allergies: allergies.map(({ substance }) => substance),
    history: historyLines(history.parts).map(({ label, text }) => ({ label, value: text })),
    notation: notationOf(ctx.organization.country),
    timeZone: ctx.timeZone,
    age: ageText({ day: patient.dateOfBirth, isEstimated: patient.isBirthEstimated }, visit.day),
  };
  return {
    subject: `summary:${visit.id}:${version}`,
    patientId: patient.id,
    makePaper: (mark) => summaryPaper(found, frame, mark),
  };
}
