import 'server-only';
import { masterTransaction } from '@/lib/master/connection';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { quoteModel } from '@/lib/master/models/quote';
import { userModel } from '@/lib/master/models/user';
import { userTokenModel } from '@/lib/master/models/user-token';
import { op } from '@/lib/mongo';

/** How long a sign-up waits for its payment. */
const UNPAID_DAYS = 14;
const AT_ONCE = 100;

/**
 * Removes sign-ups that were never paid for and have not been touched for UNPAID_DAYS, with the claim of the
 * address that came with them. One with a quote waits for the sales team.
 * @returns how many were removed.
 */
export async function expireSignups(now = new Date()): Promise<number> {
  const unpaid = {
    status: 'pending_payment' as const,
    subscriptionId: null,
    updatedAt: op({ $lt: new Date(now.getTime() - UNPAID_DAYS * 86_400_000) }),
  };
  const rows = await organizationModel
    .find(unpaid)
    .sort({ createdAt: 1 })
    .limit(AT_ONCE)
    .select('ownerId')
    .lean();
  let removed = 0;
  for (const { _id, ownerId } of rows) {
    if (await quoteModel.exists({ organizationId: _id })) continue;
    await masterTransaction(async (session) => {
      // Paid or continued at this moment: it stays.
      const { deletedCount } = await organizationModel.deleteOne({ _id, ...unpaid }, { session });
      if (deletedCount !== 1) return;
      removed += 1;
      await membershipModel.deleteMany({ organizationId: _id }, { session });
      await userTokenModel.deleteMany({ organizationId: _id }, { session });
      const claim = await userModel.deleteOne(
        { _id: ownerId, claimedEmailKey: op({ $exists: true }) },
        { session },
      );
      if (claim.deletedCount === 1) await userTokenModel.deleteMany({ userId: ownerId }, { session });
    });
  }
  return removed;
}
