import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { noteDay } from '@/features/patients/notes/day';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { chargeModel } from './model';

/** What was billed or credited was handed out on an earlier day: what that day has earned is another sum. */
export async function noteGivenDays(
  ctx: TenantContext,
  chargeIds: readonly Types.ObjectId[],
  session: ClientSession,
): Promise<void> {
  const days = await chargeModel(ctx)
    .distinct('day', { _id: op({ $in: [...chargeIds] }), dispenseId: op({ $exists: true }) })
    .session(session);
  for (const day of days) await noteDay(ctx, day, session);
}
