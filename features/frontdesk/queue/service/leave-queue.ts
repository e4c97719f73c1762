import 'server-only';
import { sourceKey } from '@/features/cashier/charges/policy';
import { voidCharges } from '@/features/cashier/charges/service';
import type { TenantContext } from '@/lib/tenancy/context';
import { toVisit, type Visit } from '../dto';
import { queueEntryModel } from '../model';
import type { LeaveInput } from '../schema';
import { changeQueue } from './queue-change';
import { endStep } from './step';
import { endVisit, getVisitRow } from './visit';

/** The patient leaves before the end. @throws AppError CONFLICT when the visit is over, NOT_FOUND */
export async function leaveQueue(
  ctx: TenantContext,
  { visitId, reason }: LeaveInput,
  now = new Date(),
): Promise<Visit> {
  return changeQueue(ctx, async (session) => {
    const { _id } = await getVisitRow(ctx, visitId, session);
    const left = { status: 'cancelled' as const, finishedAt: now, leaveReason: reason };
    const row = await endVisit(ctx, visitId, left, session);
    const open = await queueEntryModel(ctx).findOne({ visitId: _id, isOpen: true }).session(session).lean();
    if (open) await endStep(ctx, open, now, session);
    await voidCharges(ctx, [sourceKey.visit(visitId)], session);
    return toVisit(row);
  });
}
