import 'server-only';
import type { ClientSession } from 'mongoose';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { type EntryRow, type QueueEntry, toVisit, type Visit, type VisitRow } from '../dto';
import { openVisitModel, queueEntryModel, visitModel } from '../model';
import { isOpen } from '../policy';
import type { LeaveInput } from '../schema';
import { changeQueue, openVisitKey } from './change';
import { type Ending, endStep, endVisit, reopenStep } from './parts';

/** The patient leaves before the end. @throws AppError CONFLICT when the visit is over, NOT_FOUND. */
export async function leaveQueue(
  ctx: TenantContext,
  { visitId, reason }: LeaveInput,
  now = new Date(),
): Promise<Visit> {
  return changeQueue(ctx, async (session) => {
    await findVisit(ctx, visitId, session);
    const row = await endVisit(
      ctx,
      visitId,
      { status: 'cancelled', finishedAt: now, leaveReason: reason },
      session,
    );
    const open = await openEntryOf(ctx, row, session);
    if (open) await endStep(ctx, open, now, session);
    return toVisit(row);
  });
}

/** Opens a visit that ended today again, at the station where it ended. @throws AppError CONFLICT, NOT_FOUND. */
export async function reopenVisit(
  ctx: TenantContext,
  visitId: string,
  now = new Date(),
): Promise<QueueEntry> {
  const _id = objectId(visitId, 'visit');
  return changeQueue(ctx, async (session) => {
    const visit = await findVisit(ctx, visitId, session);
    if (visit.status === 'in-progress') throw new AppError('CONFLICT', 'This visit is open already.');
    if (visit.day !== today(ctx.timeZone, now)) {
      throw new AppError('CONFLICT', 'A visit of an earlier day stays closed. Check the patient in again.');
    }
    await openVisitModel(ctx).create([{ _id: openVisitKey(visit.patientId, visit.day), visitId: _id }], {
      session,
    });
    await visitModel(ctx).updateOne(
      { _id },
      {
        $set: { status: 'in-progress' },
        $unset: { finishedAt: 1, leaveReason: 1 },
      },
      { session },
    );
    const last = await queueEntryModel(ctx)
      .findOne({ visitId: _id })
      .sort({ sequence: -1 })
      .select('sequence')
      .session(session)
      .lean();
    if (!last) throw notFoundError('visit');
    return reopenStep(ctx, { visitId: _id, sequence: last.sequence }, session);
  });
}

const CLOSING_REASON = 'Still open at the end of the day';

/** Ends what earlier days left open: finished where a doctor saw the patient, otherwise as left. At most 200 at a time. */
export async function closeEarlierVisits(ctx: TenantContext, now = new Date()): Promise<{ closed: number }> {
  const visits = await visitModel(ctx)
    .find({ status: 'in-progress', day: op({ $lt: today(ctx.timeZone, now) }) })
    .sort({ day: 1 })
    .limit(200)
    .lean();
  let closed = 0;
  for (const visit of visits) {
    const wasClosed = await changeQueue(ctx, async (session) => {
      const steps = await queueEntryModel(ctx).find({ visitId: visit._id }).session(session).lean();
      const wasSeen = steps.some(
        ({ station, status }) => station === 'doctor' && (status === 'done' || status === 'in-progress'),
      );
      const ending: Ending = wasSeen
        ? { status: 'finished', finishedAt: now }
        : { status: 'cancelled', finishedAt: now, leaveReason: CLOSING_REASON };
      const still = await visitModel(ctx).exists({ _id: visit._id, status: 'in-progress' }).session(session);
      if (!still) return false;
      await endVisit(ctx, visit._id.toString(), ending, session);
      const open = steps.find(({ status }) => isOpen(status));
      if (open) await endStep(ctx, open, now, session);
      return true;
    });
    if (wasClosed) closed++;
  }
  return { closed };
}

async function findVisit(ctx: TenantContext, visitId: string, session: ClientSession): Promise<VisitRow> {
  const row = await visitModel(ctx).findById(objectId(visitId, 'visit')).session(session).lean();
  if (!row) throw notFoundError('visit');
  return row;
}

async function openEntryOf(
  ctx: TenantContext,
  { _id }: VisitRow,
  session: ClientSession,
): Promise<EntryRow | null> {
  return queueEntryModel(ctx).findOne({ visitId: _id, isOpen: true }).session(session).lean();
}
