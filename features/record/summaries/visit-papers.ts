import 'server-only';
import { papersIn, type VisitPaper } from '@/features/identity/papers/policy';
import { getLetterhead, type PaperFrame } from '@/features/identity/papers/queries';
import type { Printable } from '@/features/identity/papers/service';
import { findAllergies } from '@/features/patients/allergies/queries';
import { ageText } from '@/features/patients/patients/policy';
import { getPatient } from '@/features/patients/patients/queries';
import { contactLensPaper } from '@/features/record/contact-lenses/paper';
import { listContactLensesOfVisits } from '@/features/record/contact-lenses/queries';
import { findExamination } from '@/features/record/examinations/queries';
import { letterPaper } from '@/features/record/letters/paper';
import { listLettersOfVisits } from '@/features/record/letters/queries';
import type { Prescription } from '@/features/record/prescriptions/dto';
import { type PaperLanguage, paperLanguageOf } from '@/features/record/prescriptions/instructions';
import { prescriptionPaper } from '@/features/record/prescriptions/paper';
import { listPrescriptionsOfVisit } from '@/features/record/prescriptions/queries';
import { spectaclesPaper } from '@/features/record/spectacles/paper';
import { listSpectaclesOfVisits } from '@/features/record/spectacles/queries';
import type { TenantContext } from '@/lib/tenancy/context';
import { readRequest, readSummary } from './queries';

type Visit = { id: string; patientId: string };
type Reader = (ctx: TenantContext, visit: Visit, frame: PaperFrame) => Promise<Printable[]>;

/** A prescription as it is printed, in the patient's language unless another one is asked for. */
export async function printableOf(
  ctx: TenantContext,
  prescription: Prescription,
  frame: PaperFrame,
  asked?: PaperLanguage,
): Promise<Printable> {
  const [patient, { allergies }] = await Promise.all([
    getPatient(ctx, prescription.patientId),
    findAllergies(ctx, prescription.patientId),
  ]);
  const birth = { day: patient.dateOfBirth, isEstimated: patient.isBirthEstimated };
  return {
    subject: `prescription:${prescription.id}:v${prescription.version}`,
    makePaper: (mark) =>
      prescriptionPaper(prescription, frame, {
        language: asked ?? paperLanguageOf(patient.spokenLanguage),
        timeZone: ctx.timeZone,
        age: ageText(birth, prescription.day),
        allergies: allergies.map(({ substance }) => substance),
        mark,
      }),
  };
}

/** How the papers of each kind are read; none where a visit has no such paper, or it is not signed. */
const READERS: Record<VisitPaper, Reader> = {
  async prescription(ctx, visit, frame) {
    const all = await listPrescriptionsOfVisit(ctx, visit.id);
    const active = all.find(({ status, lines }) => status === 'active' && lines.length > 0);
    return active ? [await printableOf(ctx, active, frame)] : [];
  },
  async glasses(ctx, visit, frame) {
    const all = await listSpectaclesOfVisits(ctx, [visit.id]);
    return all
      .filter(({ voided }) => !voided)
      .map((one) => ({
        subject: `spectacles:${one.id}`,
        makePaper: (mark) => spectaclesPaper(one, frame, mark),
      }));
  },
  async 'contact-lenses'(ctx, visit, frame) {
    const all = await listContactLensesOfVisits(ctx, [visit.id]);
    return all
      .filter(({ voided }) => !voided)
      .map((one) => ({
        subject: `contact-lenses:${one.id}`,
        makePaper: (mark) => contactLensPaper(one, frame, mark),
      }));
  },
  async request(ctx, visit, frame) {
    const examination = await findExamination(ctx, visit.id);
    const hasOrders = (examination?.assessment.orders ?? []).length > 0;
    return examination?.signed && hasOrders ? [await readRequest(ctx, visit.id, frame)] : [];
  },
  async letters(ctx, visit, frame) {
    const all = await listLettersOfVisits(ctx, [visit.id]);
    return all
      .filter(({ voided }) => !voided)
      .reverse()
      .map((one) => ({ subject: `letter:${one.id}`, makePaper: (mark) => letterPaper(one, frame, mark) }));
  },
  async summary(ctx, visit, frame) {
    const examination = await findExamination(ctx, visit.id);
    return examination?.signed ? [await readSummary(ctx, visit.id, frame)] : [];
  },
};

const NEEDS = {
  prescription: 'prescriptions:read',
  glasses: 'prescriptions:read',
  'contact-lenses': 'prescriptions:read',
  request: 'visits:read',
  letters: 'letters:read',
  summary: 'visits:read',
} as const;

/**
 * What the hospital prints at the end of a visit, as far as the visit has it and the person may see it.
 * @throws AppError NOT_FOUND.
 */
export async function readVisitPapers(
  ctx: TenantContext,
  visit: Visit,
  frame: PaperFrame,
): Promise<Printable[]> {
  const { visitPapers } = await getLetterhead(ctx);
  const wanted = papersIn(visitPapers).filter((one) => ctx.can(NEEDS[one]));
  return (await Promise.all(wanted.map((one) => READERS[one](ctx, visit, frame)))).flat();
}
