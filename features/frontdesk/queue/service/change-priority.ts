import 'server-only';
import { noteChange } from '@/lib/audit/changes';
import { AppError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type QueueEntry, toQueueEntry } from '../dto';
import { queueEntryModel, visitModel } from '../model';
import { PRIORITY_RANK } from '../policy';
import type { PriorityInput } from '../schema';
import { changeQueue } from './queue-change';

/** Who comes first. @throws AppError NOT_FOUND when the visit is over or unknown */
export async function changePriority(
  ctx: TenantContext,
  { visitId, priority }: PriorityInput,
): Promise<QueueEntry> {
  const _id = objectId(visitId, 'visit');
  return changeQueue(ctx, async (session) => {
    await visitModel(ctx).updateOne({ _id, status: 'in-progress' }, { $set: { priority } }, { session });
    const change = { priority, priorityRank: PRIORITY_RANK[priority] };
    const before = await queueEntryModel(ctx)
      .findOneAndUpdate({ visitId: _id, isOpen: true }, { $set: change }, { session })
      .lean();
    if (!before) throw new AppError('NOT_FOUND', 'This visit is not in the queue any more.');
    ctx.audit?.about(`visit:${visitId}`);
    noteChange(ctx, before, change, ['priority']);
    return toQueueEntry({ ...before, ...change });
  });
}
