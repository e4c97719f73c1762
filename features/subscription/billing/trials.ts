import 'server-only';
import { AppError, duplicateKey } from '@/lib/errors';
import { masterTransaction } from '@/lib/master/connection';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { objectId, op } from '@/lib/mongo';
import { mailboxKey } from './email-key';
import { trialClaimModel } from './model';

const USED =
  'The free days have been used with this e-mail address or organization before. Choose to pay today to go on.';
const used = (cause?: unknown): AppError => new AppError('CONFLICT', USED, { field: 'start', cause });

/**
 * Takes the one free trial of an organization and of its addresses, all or nothing. The same organization may
 * take it again until its subscription exists, so that an abandoned payment page costs nothing.
 * @throws AppError CONFLICT when it has been used.
 */
export async function claimTrial(organizationId: string): Promise<void> {
  const _id = objectId(organizationId, 'organization');
  const organization = await organizationModel
    .findById(_id)
    .select('email ownerId subscriptionId')
    .orFail()
    .lean();
  if (organization.subscriptionId) throw used();
  const owner = await userModel.findById(organization.ownerId).select('email').lean();
  const addresses = [organization.email, ...(owner ? [owner.email] : [])];
  const keys = new Set([
    `organization:${organizationId}`,
    ...addresses.map((address) => `email:${mailboxKey(address)}`),
  ]);
  try {
    await masterTransaction(async (session) => {
      const known = await trialClaimModel
        .find({ _id: op({ $in: [...keys] }) })
        .session(session)
        .lean();
      if (known.some((claim) => !claim.organizationId.equals(_id))) throw used();
      const claimed = new Set(known.map((claim) => claim._id));
      const missing = [...keys].filter((key) => !claimed.has(key)).sort();
      if (missing.length === 0) return;
      await trialClaimModel.create(
        missing.map((key) => ({ _id: key, organizationId: _id, claimedAt: new Date() })),
        { session, ordered: true },
      );
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // Somebody else, or the same organization from another window, took one at the same moment.
    const taken = await trialClaimModel.find({ _id: op({ $in: [...keys] }) }).lean();
    if (taken.length < keys.size || taken.some((claim) => !claim.organizationId.equals(_id)))
      throw used(error);
  }
}
