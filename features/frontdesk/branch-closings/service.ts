import 'server-only';
import { shiftModel } from '@/features/cashier/shifts/model';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import { OCCUPYING_STATUSES } from '@/features/frontdesk/appointments/policy';
import { queueEntryModel } from '@/features/frontdesk/queue/model';
import { setBranchOpen } from '@/features/identity/branches/service';
import type { Branch } from '@/lib/branches';
import { AppError } from '@/lib/errors';
import { op } from '@/lib/mongo';
import { atBranch } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';

/**
 * Closes a branch where nobody waits, nothing is booked and no drawer is open.
 * @throws AppError NOT_FOUND, CONFLICT with what is still there.
 */
export async function closeBranch(ctx: TenantContext, branchId: string, now = new Date()): Promise<Branch> {
  const there = atBranch(ctx, branchId);
  const [waiting, booked, drawer] = await Promise.all([
    queueEntryModel(ctx).exists({ day: today(ctx.timeZone, now), isOpen: true, ...there }),
    appointmentModel(ctx).exists({
      day: op({ $gte: today(ctx.timeZone, now) }),
      startsAt: op({ $gt: now }),
      status: op({ $in: [...OCCUPYING_STATUSES] }),
      ...there,
    }),
    shiftModel(ctx).exists({ status: 'open', ...there }),
  ]);
  const left = [
    ...(waiting ? ['patients who wait'] : []),
    ...(booked ? ['appointments to come'] : []),
    ...(drawer ? ['an open shift of a cashier'] : []),
  ];
  if (left.length > 0)
    throw new AppError('CONFLICT', `There are still ${left.join(', ')}. End or move them first.`);
  return setBranchOpen(ctx, branchId, false);
}
