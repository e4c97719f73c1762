import 'server-only';
import type { TenantContext } from '@/lib/tenancy/context';
import { type QueueEntry, toQueueEntry } from '../dto';
import { changeQueue } from './queue-change';
import { moveStep } from './step';

/**
 * No answer, or put on hold: back in line behind those of the same priority.
 * @throws AppError CONFLICT, NOT_FOUND
 */
export async function requeue(ctx: TenantContext, entryId: string, now = new Date()): Promise<QueueEntry> {
  const change = {
    $set: { status: 'waiting', queuedAt: now },
    $unset: { calledAt: 1, startedAt: 1, room: 1 },
    $inc: { timesRequeued: 1 },
  } as const;
  return changeQueue(ctx, async (session) =>
    toQueueEntry(await moveStep(ctx, { move: 'requeue', entryId }, change, session)),
  );
}
