import 'server-only';
import { findRoom } from '@/features/identity/staff/directory';
import type { TenantContext } from '@/lib/tenancy/context';
import { type QueueEntry, toQueueEntry } from '../dto';
import type { CallInput } from '../schema';
import { changeQueue } from './queue-change';
import { moveStep } from './step';

/** Calls a waiting patient, to the room of the desk or of the person. @throws AppError CONFLICT, NOT_FOUND */
export async function callPatient(
  ctx: TenantContext,
  input: CallInput,
  now = new Date(),
): Promise<QueueEntry> {
  const { entryId } = input;
  const room = input.room ?? (ctx.actor.kind === 'staff' ? await findRoom(ctx, ctx.actor.userId) : null);
  const $set = { status: 'called', calledAt: now, ...(room ? { room } : {}) };
  return changeQueue(ctx, async (session) =>
    toQueueEntry(await moveStep(ctx, { move: 'call', entryId }, { $set }, session)),
  );
}
