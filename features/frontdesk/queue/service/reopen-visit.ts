import 'server-only';
import { sourceKey } from '@/features/cashier/charges/policy';
import { reopenCharges } from '@/features/cashier/charges/service';
import { AppError, notFoundError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import type { QueueEntry } from '../dto';
import { queueEntryModel, visitModel } from '../model';
import { changeQueue } from './queue-change';
import { reopenStep } from './step';
import { getVisitRow, markOpen } from './visit';

/**
 * Opens a visit that ended today again, at the station where it ended.
 * @throws AppError CONFLICT, NOT_FOUND
 */
export async function reopenVisit(
  ctx: TenantContext,
  visitId: string,
  now = new Date(),
): Promise<QueueEntry> {
  return changeQueue(ctx, async (session) => {
    const visit = await getVisitRow(ctx, visitId, session);
    const { _id } = visit;
    if (visit.status === 'in-progress') throw new AppError('CONFLICT', 'This visit is open already.');
    if (visit.day !== today(ctx.timeZone, now)) {
      throw new AppError('CONFLICT', 'A visit of an earlier day stays closed. Check the patient in again.');
    }
    await markOpen(ctx, visit, session);
    await visitModel(ctx).updateOne(
      { _id },
      { $set: { status: 'in-progress' }, $unset: { finishedAt: 1, leaveReason: 1 } },
      { session },
    );
    await reopenCharges(ctx, [sourceKey.visit(visitId)], session);
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
