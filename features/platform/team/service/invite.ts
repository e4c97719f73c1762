import 'server-only';
import type { ClientSession } from 'mongoose';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { INVITATION_DAYS } from '@/lib/auth/limits';
import { hashToken, randomToken } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { membershipModel } from '@/lib/master/models/membership';
import { userModel } from '@/lib/master/models/user';
import { newObjectId, objectId } from '@/lib/mongo';
import { paths } from '@/lib/paths';
import { takePoint } from '@/lib/rate-limit/limiter';
import { wakeWorker } from '@/lib/work/queue';
import { teamInvitationModel } from '../model';
import { TEAM_ROLES } from '../policy';
import type { InvitePersonInput } from '../schema';
import { assertStillOwner } from './owners';

const RESEND_SECONDS = 60;
const expiry = (now: Date): Date => new Date(now.getTime() + INVITATION_DAYS * 86_400_000);

const alreadyInvited = (email: string): AppError =>
  new AppError('CONFLICT', `${email} is invited already. Send that invitation again from the list.`, {
    field: 'email',
  });

/**
 * Why an address cannot join the team. One account is of a hospital or of the company, never both: what is
 * done with it is in one log.
 * @throws AppError CONFLICT on `email`.
 */
async function assertMayJoin(emailKey: string, email: string, session?: ClientSession): Promise<void> {
  const user = await userModel
    .findOne({ emailKey })
    .select('platformRole disabledAt')
    .session(session ?? null)
    .lean();
  if (!user) return;
  const refuse = (sentence: string) => new AppError('CONFLICT', sentence, { field: 'email' });
  if (user.platformRole) throw refuse(`${email} is in the team already.`);
  if (user.disabledAt) throw refuse(`The account of ${email} is switched off.`);
  if (await membershipModel.exists({ userId: user._id }).session(session ?? null))
    throw refuse(`${email} works for a hospital. Invite the person with an address of the company.`);
}

/**
 * Stores the invitation and asks for its mail, both or none.
 * @throws AppError CONFLICT, TOO_MANY_REQUESTS.
 */
export async function invitePerson(
  ctx: PlatformContext,
  input: InvitePersonInput,
  now = new Date(),
): Promise<{ email: string }> {
  const emailKey = input.email.toLowerCase();
  await assertMayJoin(emailKey, input.email);
  await takePoint('mail.address', emailKey);
  const [id, token] = [newObjectId(), randomToken()];
  const { name, email, role } = input;
  try {
    await auditedMasterWrite(ctx, async (session) => {
      await assertStillOwner(ctx, session);
      ctx.audit?.about(`invitation:${id.toString()}:${role}`);
      await teamInvitationModel.create(
        [
          {
            _id: id,
            ...{ name, email, emailKey, role },
            tokenHash: hashToken(token),
            status: 'pending',
            invitedById: objectId(ctx.actor.userId),
            sentAt: now,
            expiresAt: expiry(now),
          },
        ],
        { session },
      );
      await mailInvitation(ctx, { id: id.toString(), ...input }, token, session);
    });
  } catch (error) {
    if (duplicateKey(error)) throw alreadyInvited(email);
    throw error;
  }
  wakeWorker();
  return { email };
}

async function mailInvitation(
  ctx: PlatformContext,
  to: { id: string } & InvitePersonInput,
  token: string,
  session: ClientSession,
): Promise<void> {
  const mail = composeMail({
    to: to.email,
    subject: `${ctx.actor.name} invites you to the team of Chakravue`,
    name: to.name,
    paragraphs: [
      `${ctx.actor.name} invites you to work on the company's pages of Chakravue. Your role: ${TEAM_ROLES[to.role].label.toLowerCase()}.`,
      `The link works once and until ${INVITATION_DAYS} days from now. You choose a password there and then set up a second factor; have your phone or a passkey at hand.`,
    ],
    button: {
      label: 'Join the team',
      url: `${env().NEXTAUTH_URL}${paths.platformInvitation(token)}`,
    },
    closing: 'If you do not know what this is about, you can ignore this mail.',
  });
  await enqueueMail(`team-invitation:${to.id}:${hashToken(token)}`, mail, { session });
}

async function openInvitation(invitationId: string) {
  const row = await teamInvitationModel
    .findOne({ _id: objectId(invitationId, 'invitation'), status: 'pending' })
    .lean();
  if (!row) throw notFoundError('invitation');
  return row;
}

/** A new link with a new life; the old one stops working. @throws AppError NOT_FOUND, TOO_MANY_REQUESTS. */
export async function resendTeamInvitation(
  ctx: PlatformContext,
  invitationId: string,
  now = new Date(),
): Promise<{ email: string }> {
  const row = await openInvitation(invitationId);
  if (now.getTime() - row.sentAt.getTime() < RESEND_SECONDS * 1_000)
    throw new AppError('TOO_MANY_REQUESTS', 'We sent this invitation a moment ago. Please wait a minute.');
  await assertMayJoin(row.emailKey, row.email);
  await takePoint('mail.address', row.emailKey);
  const token = randomToken();
  await auditedMasterWrite(ctx, async (session) => {
    await assertStillOwner(ctx, session);
    const renewed = await teamInvitationModel.updateOne(
      { _id: row._id, status: 'pending', tokenHash: row.tokenHash },
      {
        $set: {
          tokenHash: hashToken(token),
          sentAt: now,
          expiresAt: expiry(now),
          invitedById: objectId(ctx.actor.userId),
        },
      },
      { session },
    );
    if (renewed.modifiedCount !== 1)
      throw new AppError('CONFLICT', 'This invitation has just changed. Look at the list again.');
    const { name, email, role } = row;
    await mailInvitation(ctx, { id: row._id.toString(), name, email, role }, token, session);
  });
  wakeWorker();
  return { email: row.email };
}

/** The link stops working. @throws AppError NOT_FOUND. */
export async function revokeTeamInvitation(
  ctx: PlatformContext,
  invitationId: string,
): Promise<{ email: string }> {
  const row = await openInvitation(invitationId);
  await auditedMasterWrite(ctx, async (session) => {
    await assertStillOwner(ctx, session);
    const ended = await teamInvitationModel.updateOne(
      { _id: row._id, status: 'pending' },
      { $set: { status: 'revoked' } },
      { session },
    );
    if (ended.modifiedCount !== 1) throw notFoundError('invitation');
  });
  return { email: row.email };
}
