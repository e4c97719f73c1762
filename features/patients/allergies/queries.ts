import 'server-only';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Allergies, toAllergies } from './dto';
import { allergyAnswerModel, allergyModel } from './model';

/** More than anybody has; a list this long is read by nobody. */
const MOST_ALLERGIES = 100;

/** The find behind a patient's list; apart from it so that a test can ask how it is answered. */
export const findAllergyRows = (ctx: TenantContext, patientId: string) =>
  allergyModel(ctx)
    .find({ patientId: objectId(patientId, 'patient') })
    .sort({ notedAt: 1, _id: 1 })
    .limit(MOST_ALLERGIES);

/** A patient's allergies, those that ended too, and whether anybody has asked. */
export async function findAllergies(ctx: TenantContext, patientId: string): Promise<Allergies> {
  const [rows, answer] = await Promise.all([
    findAllergyRows(ctx, patientId).lean(),
    allergyAnswerModel(ctx).findById(objectId(patientId, 'patient')).lean(),
  ]);
  return toAllergies(rows, answer);
}
