import 'server-only';
import { getVisit } from '@/features/frontdesk/queue/queries';
import type { PaperFrame } from '@/features/identity/papers/queries';
import { findAllergies } from '@/features/patients/allergies/queries';
import { historyLines } from '@/features/patients/histories/policy';
import { findHistory } from '@/features/patients/histories/queries';
import { ageText } from '@/features/patients/patients/policy';
import { getPatient } from '@/features/patients/patients/queries';
import { listContactLensesOfVisits } from '@/features/record/contact-lenses/queries';
import { notationOf } from '@/features/record/examinations/acuity';
import { findExamination } from '@/features/record/examinations/queries';
import { type PaperLanguage, paperLanguageOf } from '@/features/record/prescriptions/instructions';
import { listPrescriptionsOfVisit } from '@/features/record/prescriptions/queries';
import { listSpectaclesOfVisits } from '@/features/record/spectacles/queries';
import { notFoundError } from '@/lib/errors';
import type { PaperDocument } from '@/lib/paper';
import type { TenantContext } from '@/lib/tenancy/context';
import { summaryPaper } from './paper';
import { requestPaper } from './request-paper';

/**
 * The paper of a visit as a whole, and what it is printed under: what is on it counts its changes.
 * @throws AppError NOT_FOUND.
 */
export async function readSummary(
  ctx: TenantContext,
  visitId: string,
  frame: PaperFrame,
  asked?: PaperLanguage,
): Promise<{
  subject: string;
  patientId: string;
  language: PaperLanguage;
  isSigned: boolean;
  /** Of the patient. */
  email: string | null;
  makePaper: (mark?: string) => PaperDocument;
}> {
  const visit = await getVisit(ctx, visitId);
  // A role of one's own may open visits and see no prescriptions: then the paper has none either.
  const mayPrescriptions = ctx.can('prescriptions:read');
  const [patient, { allergies }, history, examination, prescriptions, glasses, contacts] = await Promise.all([
    getPatient(ctx, visit.patientId),
    findAllergies(ctx, visit.patientId),
    findHistory(ctx, visit.patientId),
    findExamination(ctx, visit.id),
    mayPrescriptions ? listPrescriptionsOfVisit(ctx, visit.id) : [],
    mayPrescriptions ? listSpectaclesOfVisits(ctx, [visit.id]) : [],
    mayPrescriptions ? listContactLensesOfVisits(ctx, [visit.id]) : [],
  ]);
  const prescription = prescriptions.find(({ status }) => status === 'active') ?? null;
  const spectacles = glasses.find(({ voided }) => !voided) ?? null;
  const lenses = contacts.find(({ voided }) => !voided) ?? null;
  const version = [
    examination ? examination.measurementsVersion + examination.assessmentVersion : 0,
    examination?.signed ? 'signed' : 'unsigned',
    prescription?.version ?? 0,
    spectacles?.id ?? 'none',
    history.version,
    ...(lenses ? [lenses.id] : []),
  ].join('.');
  const language = asked ?? paperLanguageOf(patient.spokenLanguage);
  const found = {
    ...{ visit, examination, prescription, spectacles, lenses, language },
    allergies: allergies.map(({ substance }) => substance),
    history: historyLines(history.parts).map(({ label, text }) => ({ label, value: text })),
    notation: notationOf(ctx.organization.country),
    timeZone: ctx.timeZone,
    age: ageText({ day: patient.dateOfBirth, isEstimated: patient.isBirthEstimated }, visit.day),
  };
  return {
    subject: `summary:${visit.id}:${version}`,
    patientId: patient.id,
    language,
    isSigned: Boolean(examination?.signed),
    email: patient.email,
    makePaper: (mark) => summaryPaper(found, frame, mark),
  };
}

/**
 * The paper of what was asked for at a visit, and what it is printed under.
 * @throws AppError NOT_FOUND, also where nothing was asked for.
 */
export async function readRequest(
  ctx: TenantContext,
  visitId: string,
  frame: PaperFrame,
): Promise<{ subject: string; makePaper: (mark?: string) => PaperDocument }> {
  const visit = await getVisit(ctx, visitId);
  const [patient, { allergies }, examination] = await Promise.all([
    getPatient(ctx, visit.patientId),
    findAllergies(ctx, visit.patientId),
    findExamination(ctx, visit.id),
  ]);
  const birth = { day: patient.dateOfBirth, isEstimated: patient.isBirthEstimated };
  const makePaper = (mark?: string) => {
    const found = examination && {
      ...{ visit, examination, age: ageText(birth, visit.day), timeZone: ctx.timeZone },
      allergies: allergies.map(({ substance }) => substance),
    };
    const paper = found && requestPaper(found, frame, mark);
    if (!paper) throw notFoundError('request');
    return paper;
  };
  makePaper();
  const version = `${examination?.assessmentVersion}.${examination?.signed ? 'signed' : 'unsigned'}`;
  return { subject: `request:${visit.id}:${version}`, makePaper };
}
