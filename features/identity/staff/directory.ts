import 'server-only';
import { forgetDrafts } from '@/lib/drafts/drafts';
import { AppError } from '@/lib/errors';
import type { StaffRole } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { staffModel } from './model';

/** Writes a person into the organization's staff directory, or brings the entry up to date. Idempotent. */
export async function projectStaffMember(
  ctx: { db: TenantDatabase },
  person: { userId: string; name: string; email: string; role: StaffRole; isActive: boolean },
): Promise<void> {
  const { userId, ...facts } = person;
  await staffModel(ctx).updateOne(
    { _id: objectId(userId) },
    {
      $set: { ...facts, hasLeft: false },
      $setOnInsert: { seesPatients: person.role === 'doctor' || person.role === 'owner' },
    },
    { upsert: true },
  );
}

/**
 * The person no longer works here: not offered anywhere, but old records keep the name. What they typed and
 * did not save goes.
 */
export async function markAsLeft(ctx: { db: TenantDatabase }, userId: string): Promise<void> {
  await staffModel(ctx).updateOne({ _id: objectId(userId) }, { $set: { isActive: false, hasLeft: true } });
  await forgetDrafts(ctx, userId);
}

/** Those who see patients, by name: at most 200. */
export async function listDoctors(ctx: {
  db: TenantDatabase;
}): Promise<{ id: string; name: string; room: string | null }[]> {
  const rows = await staffModel(ctx)
    .find({ seesPatients: true, isActive: true })
    .sort({ name: 1 })
    .limit(200)
    .select('name room')
    .lean();
  return rows.map((row) => ({ id: row._id.toString(), name: row.name, room: row.room ?? null }));
}

/** The room of a person's directory entry, where patients are called to; null when none is written there. */
export async function findRoom(ctx: { db: TenantDatabase }, userId: string): Promise<string | null> {
  const row = await staffModel(ctx).findById(objectId(userId)).select('room').lean();
  return row?.room ?? null;
}

/** A doctor that a form has chosen. @throws AppError NOT_FOUND. */
export async function findDoctor(
  ctx: TenantContext,
  doctorId: string,
): Promise<{ id: string; name: string }> {
  const doctor = (await listDoctors(ctx)).find(({ id }) => id === doctorId);
  if (!doctor) throw new AppError('NOT_FOUND', 'We could not find that doctor. Choose one from the list.');
  return { id: doctor.id, name: doctor.name };
}
