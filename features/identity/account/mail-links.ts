import 'server-only';
import { VERIFY_GRACE_DAYS } from '@/lib/auth/limits';
import { hashToken, randomToken } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { masterTransaction } from '@/lib/master/connection';
import { userTokenModel } from '@/lib/master/models/user-token';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { paths } from '@/lib/paths';
import { wakeWorker } from '@/lib/work/queue';

const RESEND_SECONDS = 60;
const UNDO_DAYS = 7;
const OWN_DAYS = 14;

type Purpose =
  | 'verify-email'
  | 'reset-password'
  | 'unlock'
  | 'change-email'
  | 'undo-email'
  | 'own-organization';
type Recipient = { id: string; name: string; email: string };

const KINDS = {
  'reset-password': {
    hours: 1,
    subject: 'Choose a new password',
    paragraphs: [
      'Somebody, hopefully you, asked for a new password for your account at Chakravue.',
      'The link works once and for one hour. If you did not ask for it, ignore this mail: your password stays as it is.',
    ],
    label: 'Choose a new password',
    path: paths.resetPassword,
  },
  unlock: {
    hours: 1,
    subject: 'Your account is locked for 15 minutes',
    paragraphs: [
      'Somebody, perhaps you, typed a wrong password for your account at Chakravue ten times in a row. To keep others out, it is locked for 15 minutes.',
      'If it was you, the button opens it at once. If it was not you, nothing is open to them; you can leave it locked, and should choose a new password if yours is used elsewhere.',
    ],
    label: 'Unlock my account',
    path: paths.unlock,
  },
  'change-email': {
    hours: 24,
    subject: 'Confirm your new e-mail address',
    paragraphs: [
      'You asked to sign in to Chakravue with this address from now on. Please confirm that it is yours.',
      'The link works for one day. Until then your old address stays the one you sign in with. If you did not ask for this, ignore this mail.',
    ],
    label: 'Use this address',
    path: paths.confirmEmail,
  },
  'undo-email': {
    hours: UNDO_DAYS * 24,
    subject: 'You sign in with another address now',
    paragraphs: [
      'The e-mail address of your account at Chakravue was changed just now. From now on our mail goes to the new address.',
      `If this was not you, take it back with the button. It works for ${UNDO_DAYS} days, ends every session and lets you choose a new password.`,
    ],
    label: 'Take the change back',
    path: paths.undoEmail,
  },
  'own-organization': {
    hours: OWN_DAYS * 24,
    subject: 'You have an account at Chakravue already',
    paragraphs: [
      'Somebody, hopefully you, signed up an organization with this address. You have an account with it already, so the password that was typed there does not count: yours stays as it is.',
      `If it was you, take the organization on with the button; it works for ${OWN_DAYS} days. Then sign in with the password that you have. If it was not you, ignore this mail: nothing of yours has changed.`,
    ],
    label: 'Take it on',
    path: paths.ownOrganization,
  },
  'verify-email': {
    hours: VERIFY_GRACE_DAYS * 24,
    subject: 'Confirm your e-mail address',
    paragraphs: [
      'Please confirm that this is your address. Until then your account is not complete: second factors and a PIN wait for it, and so does the way back in when you forget your password.',
      `The link works for ${VERIFY_GRACE_DAYS} days. If you did not sign up, ignore this mail.`,
    ],
    label: 'Confirm e-mail address',
    path: paths.verifyEmail,
  },
} as const satisfies Record<Purpose, unknown>;

/**
 * Makes a link and asks for its mail; earlier links for the same purpose stop working. Asked again within a
 * minute it does nothing, so that nobody's mailbox can be filled.
 * `brings` is what the link gives to the account, for those that give it something.
 * @returns false when nothing was sent.
 */
export async function mailLink(
  purpose: Purpose,
  user: Recipient,
  now = new Date(),
  brings: { newEmail?: string; organizationId?: ReturnType<typeof objectId> } = {},
): Promise<boolean> {
  const kind = KINDS[purpose];
  const mine = { userId: objectId(user.id), purpose };
  // Another address than a moment ago is a typing mistake put right.
  const same = { ...mine, usedAt: null, ...brings };
  const recent = new Date(now.getTime() - RESEND_SECONDS * 1_000);
  if (await userTokenModel.exists({ ...same, createdAt: op({ $gt: recent }) })) return false;

  const [id, token] = [newObjectId(), randomToken()];
  const mail = composeMail({
    to: user.email,
    subject: kind.subject,
    name: user.name,
    paragraphs: [...kind.paragraphs],
    button: { label: kind.label, url: `${env().NEXTAUTH_URL}${kind.path(token)}` },
  });
  await masterTransaction(async (session) => {
    // One that offers an organization stands beside those that offer others.
    const { organizationId } = brings;
    await userTokenModel.deleteMany(
      { ...mine, usedAt: null, ...(organizationId ? { organizationId } : {}) },
      { session },
    );
    const expiresAt = new Date(now.getTime() + kind.hours * 3_600_000);
    await userTokenModel.create(
      [
        {
          _id: id,
          ...mine,
          tokenHash: hashToken(token),
          expiresAt,
          ...brings,
        },
      ],
      { session },
    );
    await enqueueMail(`${purpose}:${id.toString()}`, mail, { session });
  });
  wakeWorker();
  return true;
}

/** The link that a token opens, or null for a wrong, used or old one. */
export async function findLink(purpose: Purpose, token: string, now = new Date()) {
  const link = await userTokenModel.findOne({ tokenHash: hashToken(token), purpose }).lean();
  return link && !link.usedAt && link.expiresAt > now ? link : null;
}
