import 'server-only';
import { AppError, duplicateKey } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { masterTransaction } from '@/lib/master/connection';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { objectId, op } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { mailboxKey } from './email-key';
import { trialClaimModel } from './model';

const USED =
  'The free days have been used with this e-mail address or organization before. Choose to pay today to go on.';
const used = (cause?: unknown): AppError => new AppError('CONFLICT', USED, { field: 'start', cause });

/**
 * Takes the one free trial of an organization and, once its owner has proved the address, of the mailbox: all
 * or nothing. Of an address that nobody has proved nothing is asked, kept or said: a stranger would learn
 * whether it has had one, or use it up; `settleTrial` asks when it is proved. The same organization may take
 * it again until its subscription exists, so that an abandoned payment page costs nothing.
 * @throws AppError CONFLICT when it has been used.
 */
export async function claimTrial(organizationId: string): Promise<void> {
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('ownerId subscriptionId signupPasswordHash')
    .orFail()
    .lean();
  if (organization.subscriptionId) throw used();
  const mailbox = await provedMailbox(organization);
  if (!(await take(organizationId, [`organization:${organizationId}`, ...(mailbox ? [mailbox.key] : [])])))
    throw used();
}

/**
 * Runs when a subscription begins with free days and when its owner's address is proved: the free days end at
 * once where the mailbox has had some at another organization. @throws as Stripe does; it is tried again.
 */
export async function settleTrial(organizationId: string): Promise<void> {
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('organizationName ownerId subscriptionId subscription.status signupPasswordHash')
    .lean();
  if (organization?.subscription?.status !== 'trialing' || !organization.subscriptionId) return;
  const mailbox = await provedMailbox(organization);
  if (!mailbox || (await take(organizationId, [mailbox.key]))) return;
  await stripe().subscriptions.update(organization.subscriptionId, { trial_end: 'now' });
  const mail = composeMail({
    to: mailbox.email,
    name: mailbox.name,
    subject: 'Your free days have been used before',
    paragraphs: [
      `${organization.organizationName} began with free days, and this address has had them once already. The subscription begins today; your card is charged for the first period.`,
      'Is that a surprise? Answer this mail, or cancel under Billing.',
    ],
  });
  await enqueueMail(`trial-used:${organizationId}`, mail, { organizationId });
}

type Owned = { ownerId: { toString(): string }; signupPasswordHash?: unknown };

/** The owner's mailbox, once it is proved and its holder has taken the organization on. */
async function provedMailbox({ ownerId, signupPasswordHash }: Owned) {
  if (signupPasswordHash) return null;
  const owner = await userModel
    .findById(objectId(ownerId.toString()))
    .select('name email emailVerifiedAt')
    .lean();
  if (!owner?.emailVerifiedAt) return null;
  return { key: `email:${mailboxKey(owner.email)}`, name: owner.name, email: owner.email };
}

/** Claims what is still free of the keys. @returns false when another organization has one of them. */
async function take(organizationId: string, keys: readonly string[]): Promise<boolean> {
  const _id = objectId(organizationId, 'organization');
  const isOurs = (claim: { organizationId: { toString(): string } }) =>
    claim.organizationId.toString() === organizationId;
  try {
    return await masterTransaction(async (session) => {
      const known = await trialClaimModel
        .find({ _id: op({ $in: [...keys] }) })
        .session(session)
        .lean();
      if (!known.every(isOurs)) return false;
      const claimed = new Set(known.map((claim) => claim._id));
      const missing = keys.filter((key) => !claimed.has(key)).sort();
      const rows = missing.map((key) => ({ _id: key, organizationId: _id, claimedAt: new Date() }));
      if (rows.length > 0) await trialClaimModel.create(rows, { session, ordered: true });
      return true;
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // Somebody else, or the same organization from another window, took one at the same moment.
    const taken = await trialClaimModel.find({ _id: op({ $in: [...keys] }) }).lean();
    return taken.length === keys.length && taken.every(isOurs);
  }
}
