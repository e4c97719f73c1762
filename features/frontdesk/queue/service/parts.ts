import 'server-only';
import type { ClientSession } from 'mongoose';
import { completeAppointment } from '@/features/frontdesk/appointments/service';
import { noteDay } from '@/features/patients/notes/day';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type EntryRow, type QueueEntry, toQueueEntry, type VisitRow } from '../dto';
import { openVisitModel, queueEntryModel, visitModel } from '../model';
import { endedAs, PRIORITY_RANK, type StepStatus } from '../policy';
import { by, openVisitKey, whyNot } from './change';

/** Ends a step as it was read; CONFLICT when somebody was faster. */
export async function endStep(
  ctx: TenantContext,
  row: EntryRow,
  now: Date,
  session: ClientSession,
): Promise<void> {
  const { matchedCount } = await queueEntryModel(ctx).updateOne(
    { _id: row._id, status: row.status },
    {
      $set: {
        status: endedAs(row.status),
        isOpen: false,
        endedAt: now,
        ...by(ctx),
      },
    },
    { session },
  );
  if (matchedCount === 0) throw await whyNot(ctx, row._id.toString(), session);
  await noteDay(ctx, row.day, session);
}

export type Ending = { status: 'finished' | 'cancelled'; finishedAt: Date; leaveReason?: string };

/** Ends a visit that is open; a finished one completes its appointment. */
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
  await openVisitModel(ctx).deleteOne({ _id: openVisitKey(row.patientId, row.day) }, { session });
  await noteDay(ctx, row.day, session);
  if (ending.status === 'finished' && row.appointmentId) {
    await completeAppointment(ctx, row.appointmentId.toString(), session);
  }
  return row;
}

/** Opens an ended step again, with the priority that the visit has now. */
export async function reopenStep(
  ctx: TenantContext,
  key: Pick<EntryRow, 'visitId' | 'sequence'>,
  session: ClientSession,
): Promise<QueueEntry> {
  const entries = queueEntryModel(ctx);
  const { visitId, sequence } = key;
  const before = await entries.findOne({ visitId, sequence }).session(session).lean();
  if (!before) throw notFoundError('patient of the queue');
  const visit = await visitModel(ctx).findById(visitId).select('priority').session(session).lean();
  if (!visit) throw notFoundError('visit');
  const row = await entries
    .findOneAndUpdate(
      { _id: before._id, isOpen: false },
      {
        $set: {
          status: statusBeforeEnd(before),
          isOpen: true,
          priority: visit.priority,
          priorityRank: PRIORITY_RANK[visit.priority],
          ...by(ctx),
        },
        $unset: { endedAt: 1 },
      },
      { session, returnDocument: 'after' },
    )
    .lean();
  if (!row) throw await whyNot(ctx, before._id.toString(), session);
  await noteDay(ctx, row.day, session);
  return toQueueEntry(row);
}

/** What a step was before it ended, by what it remembers. */
function statusBeforeEnd({ startedAt, calledAt }: Pick<EntryRow, 'startedAt' | 'calledAt'>): StepStatus {
  if (startedAt) return 'in-progress';
  return calledAt ? 'called' : 'waiting';
}
