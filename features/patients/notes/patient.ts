import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { objectId } from '@/lib/mongo';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { patientChangeModel } from './model';

/**
 * Notes, in the transaction of the change itself, that a patient came, booked, moved or cancelled, or became
 * active or inactive. The part that derives something from that reads the note later and removes it.
 */
export async function notePatient(
  scope: { db: TenantDatabase },
  patientId: string | Types.ObjectId,
  session: ClientSession,
): Promise<void> {
  const change = { patientId: objectId(patientId.toString(), 'patient') };
  await patientChangeModel(scope).create([change], { session });
}
