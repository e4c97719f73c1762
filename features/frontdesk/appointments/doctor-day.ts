import 'server-only';
import { type ClientSession, Schema } from 'mongoose';
import { duplicateKey } from '@/lib/errors';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import type { Day } from '@/lib/time';

/** One document per doctor and day, found by `_id` alone; every booking of that day has to change it. */
const schema = new Schema(
  { _id: { type: String, required: true }, changes: { type: Number, required: true } },
  { strict: 'throw' },
);

export const doctorDayModel = defineTenantModel('DoctorDay', 'doctor_days', schema);

type Db = { db: TenantDatabase };
export const doctorDayKey = (doctorId: string, day: Day): string => `${doctorId}:${day}`;

/**
 * Makes the document before the transaction: two inserts inside transactions would fail instead of waiting.
 */
export async function openDoctorDay(ctx: Db, doctorId: string, day: Day): Promise<void> {
  try {
    await doctorDayModel(ctx).updateOne(
      { _id: doctorDayKey(doctorId, day) },
      { $setOnInsert: { changes: 0 } },
      { upsert: true },
    );
  } catch (error) {
    // Somebody else made it at the same moment.
    if (!duplicateKey(error)) throw error;
  }
}

/**
 * Transactions see a snapshot, so two bookings would each find the time free. Changing the same document
 * makes the second one conflict and run again, after the first.
 */
export async function lockDoctorDay(
  ctx: Db,
  doctorId: string,
  day: Day,
  session: ClientSession,
): Promise<void> {
  await doctorDayModel(ctx).updateOne(
    { _id: doctorDayKey(doctorId, day) },
    { $inc: { changes: 1 } },
    { session },
  );
}

/** In place of a day: what a doctor's hours and absences are, which a booking relies on. */
const PLAN = 'plan';

/** Makes the document that `lockPlan` changes, before the transaction. */
export const openPlan = (ctx: Db, doctorId: string): Promise<void> => openDoctorDay(ctx, doctorId, PLAN);

/** A booking and a change of the hours it relies on wait for each other; otherwise neither sees the other. */
export const lockPlan = (ctx: Db, doctorId: string, session: ClientSession): Promise<void> =>
  lockDoctorDay(ctx, doctorId, PLAN, session);
