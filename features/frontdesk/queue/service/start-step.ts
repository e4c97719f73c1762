import 'server-only';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type QueueEntry, toQueueEntry } from '../dto';
import { queueEntryModel, visitModel } from '../model';
import { changeQueue } from './queue-change';
import { moveStep } from './step';

/** The patient is here: begins the step. @throws AppError CONFLICT, NOT_FOUND */
export async function startStep(ctx: TenantContext, entryId: string, now = new Date()): Promise<QueueEntry> {
  return changeQueue(ctx, async (session) => {
    const started = { $set: { status: 'in-progress', startedAt: now } };
    const row = await moveStep(ctx, { move: 'start', entryId }, started, session);
    const { actor } = ctx;
    if (row.station !== 'doctor' || row.doctorId || actor.kind !== 'staff' || actor.role !== 'doctor') {
      return toQueueEntry(row);
    }
    // No doctor was chosen at check-in: the one who begins is the doctor of this visit.
    const doctor = { doctorId: objectId(actor.userId), doctorName: actor.name };
    await visitModel(ctx).updateOne({ _id: row.visitId }, { $set: doctor }, { session });
    await queueEntryModel(ctx).updateOne({ _id: row._id }, { $set: doctor }, { session });
    return toQueueEntry({ ...row, ...doctor });
  });
}
