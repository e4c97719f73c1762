import 'server-only';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type QueueEntry, toQueueEntry } from '../dto';
import { queueEntryModel } from '../model';
import { changeQueue } from './queue-change';
import { ENTRY, moveStep, refusalOf, reopenStep } from './step';

/**
 * Takes the move to this station back: the step before is open again.
 * @throws AppError CONFLICT, NOT_FOUND
 */
export async function undoMove(ctx: TenantContext, entryId: string): Promise<QueueEntry> {
  const _id = objectId(entryId, ENTRY);
  return changeQueue(ctx, async (session) => {
    const entries = queueEntryModel(ctx);
    const undone = await entries
      .findOneAndDelete({ _id, status: 'waiting', timesRequeued: 0, sequence: op({ $gt: 1 }) }, { session })
      .lean();
    if (!undone) throw await refusalOf(ctx, entryId, session);
    return reopenStep(ctx, { visitId: undone.visitId, sequence: undone.sequence - 1 }, session);
  });
}

/** Takes a call or a start back; the patient keeps the place in line. @throws AppError CONFLICT, NOT_FOUND */
export async function undoCallOrStart(
  ctx: TenantContext,
  { entryId, status }: { entryId: string; status: 'called' | 'in-progress' },
): Promise<QueueEntry> {
  return changeQueue(ctx, async (session) => {
    const found = await queueEntryModel(ctx).findById(objectId(entryId, ENTRY)).session(session).lean();
    const wasCalled = status === 'in-progress' && Boolean(found?.calledAt);
    const change = wasCalled
      ? { $set: { status: 'called' }, $unset: { startedAt: 1 } as const }
      : { $set: { status: 'waiting' }, $unset: { calledAt: 1, startedAt: 1, room: 1 } as const };
    return toQueueEntry(await moveStep(ctx, { move: 'undo', entryId, from: [status] }, change, session));
  });
}
