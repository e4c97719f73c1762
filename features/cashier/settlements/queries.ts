import 'server-only';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Settlement, toSettlement } from './dto';
import { settlementModel } from './model';

const MOST = 25;

/** The find behind the list; apart from it so that a test can ask how it is answered. */
export const findSettlements = (ctx: TenantContext, payerId: string) =>
  settlementModel(ctx)
    .find({ payerId: objectId(payerId, 'payer') })
    .sort({ at: -1, _id: -1 })
    .limit(MOST);

/** What a payer has transferred, the newest first. At most 25. */
export async function listSettlements(ctx: TenantContext, payerId: string): Promise<Settlement[]> {
  return (await findSettlements(ctx, payerId).lean()).map(toSettlement);
}
