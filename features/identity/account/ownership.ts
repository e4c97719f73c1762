import 'server-only';
import { suspendColleagues } from '@/features/identity/mailbox/service';
import { AppError } from '@/lib/errors';
import { masterTransaction } from '@/lib/master/connection';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { userTokenModel } from '@/lib/master/models/user-token';
import { objectId, op } from '@/lib/mongo';
import { enqueueProjection } from '@/lib/organizations/projection';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { findLink, mailLink } from './mail-links';
import { sendVerificationMail } from './service/send-links';
import { linkUnusable } from './service/use-link';

// Who signs up with the address of an account is told nothing; its holder is asked, in the one place that is
// theirs.

/** The job behind a sign-up: confirms a new address, or asks the holder of a known one. */
export async function mailSignup(organizationId: string): Promise<void> {
  const organization = await organizationModel.findById(objectId(organizationId)).select('ownerId').lean();
  if (organization && !(await askHolder(organizationId)))
    await sendVerificationMail(organization.ownerId.toString());
}

/** Asks the owner who has not taken the organization on yet. @returns false when there is nobody to ask. */
export async function askHolder(organizationId: string): Promise<boolean> {
  const _id = objectId(organizationId);
  const organization = await organizationModel
    .findOne({ _id, signupPasswordHash: op({ $exists: true }) })
    .select('ownerId')
    .lean();
  const holder = organization
    ? await userModel.findById(organization.ownerId).select('name email').lean()
    : null;
  if (!holder) return false;
  const person = { id: holder._id.toString(), name: holder.name, email: holder.email };
  await mailLink('own-organization', person, new Date(), { organizationId: _id });
  return true;
}

/** What a link from the mail offers, or null when it does not work any more. */
export async function findOffer(token: string): Promise<{ organizationName: string } | null> {
  const link = await findLink('own-organization', token);
  return link ? organizationModel.findById(link.organizationId).select('organizationName').lean() : null;
}

/**
 * The holder of the address becomes the owner. Single use.
 * @throws AppError NOT_FOUND for a link that does not work, FORBIDDEN for one of the company's people.
 */
export async function takeOrganizationOn(token: string, now = new Date()): Promise<void> {
  const link = await findLink('own-organization', token, now);
  if (!link?.organizationId) throw linkUnusable();
  const { userId, organizationId } = link;
  if (await userModel.exists({ _id: userId, platformRole: op({ $exists: true }) }))
    throw new AppError('FORBIDDEN', 'An account of the company cannot own a hospital. Nothing was changed.');
  await masterTransaction(async (session) => {
    const used = await userTokenModel.updateOne(
      { _id: link._id, usedAt: null },
      { $set: { usedAt: now } },
      { session },
    );
    const { matchedCount } = await organizationModel.updateOne(
      { _id: organizationId, ownerId: userId, signupPasswordHash: op({ $exists: true }) },
      { $unset: { signupPasswordHash: 1 } },
      { session },
    );
    if (used.modifiedCount !== 1 || matchedCount !== 1) throw linkUnusable();
    await membershipModel.create([{ userId, organizationId, role: 'owner', status: 'active' }], { session });
    await suspendColleagues(organizationId, userId, session, now);
    await enqueueProjection(organizationId.toString(), userId.toString(), session);
    await enqueue('billing.settle-trial', organizationId.toString(), {}, { session });
  });
  wakeWorker();
}
