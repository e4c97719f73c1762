import 'server-only';
import type { ClientSession } from 'mongoose';
import { dropFactors } from '@/features/identity/mailbox/service';
import { releaseTickets } from '@/features/support/tickets/service/release';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { mailPerson } from '@/lib/mail/security-notice';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import { userTokenModel } from '@/lib/master/models/user-token';
import type { PlatformRole } from '@/lib/master/vocabulary';
import { type newObjectId, objectId, op } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import { wakeWorker } from '@/lib/work/queue';
import { teamInvitationModel } from '../model';
import { TEAM_ROLES } from '../policy';
import type { ChangePersonRoleInput } from '../schema';
import { assertOwnerLeft, assertStillOwner, holdOwners, mailOwnersOfTeam } from './owners';

type Person = { _id: ReturnType<typeof newObjectId>; name: string; email: string; role: PlatformRole };

/** One of the team, as the transaction sees them. @throws AppError NOT_FOUND. */
async function readPerson(userId: string, session: ClientSession): Promise<Person> {
  const row = await userModel
    .findOne({ _id: objectId(userId, 'colleague'), platformRole: op({ $exists: true }) })
    .select('name email platformRole')
    .session(session)
    .lean();
  if (!row?.platformRole) throw notFoundError('colleague');
  return { _id: row._id, name: row.name, email: row.email, role: row.platformRole };
}

/** Changes one of the team; an owner does it, and an owner is left afterwards. */
async function changePerson(
  ctx: PlatformContext,
  userId: string,
  change: (person: Person, session: ClientSession) => Promise<void>,
): Promise<void> {
  await auditedMasterWrite(ctx, async (session) => {
    await assertStillOwner(ctx, session);
    await change(await readPerson(userId, session), session);
    await assertOwnerLeft(session);
  });
  wakeWorker();
}

/**
 * Gives another role; it counts at the person's next request.
 * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT for the last owner, and when it was changed meanwhile.
 */
export async function changePersonRole(ctx: PlatformContext, input: ChangePersonRoleInput): Promise<void> {
  await changePerson(ctx, input.userId, async (person, session) => {
    assertUnchanged({ role: person.role }, input.version);
    const { role } = input;
    if (role === person.role) return;
    await userModel.updateOne({ _id: person._id }, { $set: { platformRole: role } }, { session });
    noteChange(ctx, { role: person.role }, { role }, ['role']);
    const label = TEAM_ROLES[role].label.toLowerCase();
    await mailPerson(
      person,
      {
        subject: 'Your role in the team was changed',
        paragraphs: [`${ctx.actor.name} changed your role in the team of Chakravue: you are ${label} now.`],
      },
      session,
    );
    if (role === 'owner')
      await mailOwnersOfTeam(
        {
          subject: 'The team has another owner',
          paragraphs: [`${ctx.actor.name} made ${person.name} (${person.email}) an owner.`],
        },
        session,
      );
  });
}

/**
 * Takes a person out of the team. Their name stays on what they did.
 * @throws AppError as changePersonRole.
 */
export async function removePerson(ctx: PlatformContext, userId: string): Promise<void> {
  await changePerson(ctx, userId, (person, session) => takeOut(person, session));
}

/** One's own way out of the team. @throws AppError CONFLICT for the last owner. */
export async function leaveTeam(ctx: PlatformContext): Promise<void> {
  await auditedMasterWrite(ctx, async (session) => {
    await holdOwners(session);
    await takeOut(await readPerson(ctx.actor.userId, session), session);
    await assertOwnerLeft(session);
  });
  wakeWorker();
}

async function takeOut(person: Person, session: ClientSession, now = new Date()): Promise<void> {
  await userModel.updateOne({ _id: person._id }, { $unset: { platformRole: 1 } }, { session });
  await dropFactors(person._id, session);
  await endSessionsOf(person, session, now);
  await userTokenModel.deleteMany({ userId: person._id, usedAt: null }, { session });
  // Who is out invites nobody any more.
  await teamInvitationModel.updateMany(
    { invitedById: person._id, status: 'pending' },
    { $set: { status: 'revoked' } },
    { session },
  );
  await releaseTickets(person._id.toString(), session);
  await mailPerson(
    person,
    {
      subject: 'You are no longer in the team of Chakravue',
      paragraphs: ['Your account does not open the company’s pages any more, and your sessions have ended.'],
    },
    session,
  );
}

const endSessionsOf = ({ _id }: Person, session: ClientSession, now = new Date()) =>
  sessionModel.updateMany({ userId: _id, revokedAt: null }, { $set: { revokedAt: now } }, { session });

/** Signs a person out everywhere. @throws AppError NOT_FOUND, FORBIDDEN. */
export async function endPersonSessions(ctx: PlatformContext, userId: string): Promise<void> {
  await changePerson(ctx, userId, async (person, session) => {
    await endSessionsOf(person, session);
  });
}

/**
 * For somebody whose phone is lost: all second factors and sessions end, and the next sign-in leads to
 * setting up a new one. One's own are replaced on one's account.
 * @throws AppError NOT_FOUND, FORBIDDEN.
 */
export async function resetPersonFactors(ctx: PlatformContext, userId: string): Promise<void> {
  if (userId === ctx.actor.userId)
    throw new AppError('FORBIDDEN', 'Your own second factors are on your account page.');
  await changePerson(ctx, userId, async (person, session) => {
    await dropFactors(person._id, session);
    await endSessionsOf(person, session);
    await mailPerson(
      person,
      {
        subject: 'Your second factor was reset',
        paragraphs: [
          `${ctx.actor.name} removed the second factors of your account in the team of Chakravue and ended your sessions.`,
          'Sign in with your password and set a new one up.',
        ],
      },
      session,
    );
    await mailOwnersOfTeam(
      {
        subject: 'A second factor in the team was reset',
        paragraphs: [`${ctx.actor.name} reset the second factor of ${person.name} (${person.email}).`],
      },
      session,
    );
  });
}
