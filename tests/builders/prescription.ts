import { randomUUID } from 'node:crypto';
import { staffModel } from '@/features/identity/staff/model';
import type { Prescription } from '@/features/record/prescriptions/dto';
import { savePrescriptionInput } from '@/features/record/prescriptions/schema';
import { signPrescription } from '@/features/record/prescriptions/service/save-prescription';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { aVisit } from './visit';

type Typed = Record<string, unknown>;

/** A line as the sheet posts it: antibiotic drops for a week, unless a test says otherwise. */
export const aLine = (facts: Typed = {}): Typed => ({
  id: randomUUID(),
  name: 'Moxifloxacin',
  strength: '0.5 %',
  form: 'drop',
  unit: 'bottle',
  site: 'right',
  steps: [{ quarters: 4, frequency: 'qid', days: 7 }],
  quantity: 1,
  isSubstitutionAllowed: true,
  ...facts,
});

export const sheetOf = (lines: Typed[], rest: Typed = {}): string =>
  JSON.stringify({ lines, stops: [], overrides: [], ...rest });

/** Gives the person of a context a registration number, as the staff page does; adds them where needed. */
export async function aRegistration(ctx: TenantContext, registrationNumber: string): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== 'staff') throw new Error('Only people have one');
  const { name, email, role } = actor;
  await staffModel(ctx).updateOne(
    { _id: objectId(actor.userId) },
    { $set: { registrationNumber }, $setOnInsert: { name, email, role, isActive: true, seesPatients: true } },
    { upsert: true },
  );
}

/** A signed prescription, of a new visit where none is given. */
export async function aPrescription(
  ctx: TenantContext,
  { visitId, lines = [aLine()] }: { visitId?: string; lines?: Typed[] } = {},
): Promise<Prescription> {
  const visit = visitId ?? (await aVisit(ctx)).id;
  return signPrescription(
    ctx,
    savePrescriptionInput.parse({
      visitId: visit,
      version: 0,
      requestKey: randomUUID(),
      sheet: sheetOf(lines),
    }),
  );
}
