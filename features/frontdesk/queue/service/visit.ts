import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { completeAppointment } from '@/features/frontdesk/appointments/service';
import { noteDay } from '@/features/patients/notes/day';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import type { VisitRow } from '../dto';
import { openVisitModel, visitModel } from '../model';
import { assertOwn } from './step';

/** The key of a visit that is open: a patient has one a day. */
const openVisitKey = (visit: { patientId: Types.ObjectId; day: Day }): string =>
  `${visit.patientId.toString()}:${visit.day}`;

/** @throws AppError NOT_FOUND, FORBIDDEN */
export async function getVisitRow(
  ctx: TenantContext,
  visitId: string,
  session: ClientSession,
): Promise<VisitRow> {
  const row = await visitModel(ctx).findById(objectId(visitId, 'visit')).session(session).lean();
  if (!row) throw notFoundError('visit');
  assertOwn(ctx, row);
  return row;
}

/**
 * Takes the one place that a patient has in the queue on this day. The second to take it breaks a unique key.
 */
export async function markOpen(
  ctx: TenantContext,
  visit: Pick<VisitRow, '_id' | 'patientId' | 'day'>,
  session: ClientSession,
): Promise<void> {
  await openVisitModel(ctx).create([{ _id: openVisitKey(visit), visitId: visit._id }], { session });
}

/**
 * Two records of one person become one, or two again: the places of the named visits in the queue go along.
 * @throws AppError CONFLICT where the other record has a place on the same day
 */
export async function moveOpenVisits(
  ctx: TenantContext,
  { from, to, visitIds }: { from: Types.ObjectId; to: Types.ObjectId; visitIds: readonly Types.ObjectId[] },
  session: ClientSession,
): Promise<void> {
  // Keys of a patient begin with the id and a colon; a semicolon follows the colon.
  const open = await openVisitModel(ctx)
    .find({ _id: op({ $gte: `${from}:`, $lt: `${from};` }) })
    .session(session)
    .lean();
  for (const { _id, visitId } of open) {
    if (!visitIds.some((one) => one.equals(visitId))) continue;
    const day = _id.slice(from.toString().length + 1);
    const key = openVisitKey({ patientId: to, day });
    if (await openVisitModel(ctx).exists({ _id: key }).session(session))
      throw new AppError(
        'CONFLICT',
        'Both records are in the queue today. Let one of the two leave the queue first.',
      );
    await openVisitModel(ctx).deleteOne({ _id }, { session });
    await openVisitModel(ctx).create([{ _id: key, visitId }], { session });
  }
}

export type Ending = { status: 'finished' | 'cancelled'; finishedAt: Date; leaveReason?: string };

/**
 * Ends a visit that is open; a finished one completes its appointment.
 * @throws AppError CONFLICT when it is over
 */
export async function endVisit(
  ctx: TenantContext,
  visitId: string,
  ending: Ending,
  session: ClientSession,
): Promise<VisitRow> {
  const row = await visitModel(ctx)
    .findOneAndUpdate(
      { _id: objectId(visitId, 'visit'), status: 'in-progress' },
      { $set: ending },
      { session, returnDocument: 'after' },
    )
    .lean();
  if (!row) throw new AppError('CONFLICT', 'This visit is already over.');
  ctx.audit?.about(`visit:${visitId}`);
  await openVisitModel(ctx).deleteOne({ _id: openVisitKey(row) }, { session });
  await noteDay(ctx, row.day, session);
  if (ending.status === 'finished' && row.appointmentId) {
    await completeAppointment(ctx, row.appointmentId.toString(), session);
  }
  return row;
}
