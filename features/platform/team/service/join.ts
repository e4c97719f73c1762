import 'server-only';
import type { ClientSession } from 'mongoose';
import { dropFactors, voidClaims } from '@/features/identity/mailbox/service';
import { recordPlatformAudit } from '@/lib/audit/record';
import { hashToken } from '@/lib/crypto/cipher';
import { refuseCommonPassword } from '@/lib/crypto/common-passwords';
import { hashPassword } from '@/lib/crypto/password';
import { AppError, duplicateKey } from '@/lib/errors';
import { masterTransaction } from '@/lib/master/connection';
import { membershipModel } from '@/lib/master/models/membership';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import { userTokenModel } from '@/lib/master/models/user-token';
import type { PlatformRole } from '@/lib/master/vocabulary';
import { newObjectId, op } from '@/lib/mongo';
import { clearPoints } from '@/lib/rate-limit/limiter';
import { wakeWorker } from '@/lib/work/queue';
import { teamInvitationModel } from '../model';
import { TEAM_ROLES } from '../policy';
import { mailOwnersOfTeam } from './owners';

type Id = ReturnType<typeof newObjectId>;
type Request = { requestId: string; ip: string; userAgent: string };

const unusable = (): AppError =>
  new AppError('NOT_FOUND', 'This invitation can no longer be used. Ask an owner to send it again.');

/**
 * The link proves the mailbox, so the account is made, or an unused one of that address is renewed: its
 * password, factors, sessions and links from before are void. A second factor is set up at the first sign-in.
 * @throws AppError NOT_FOUND for a link that cannot be used, INVALID_INPUT for a common password, CONFLICT
 * where the address works for a hospital meanwhile.
 */
export async function joinTeam(
  input: { token: string; name: string; password: string },
  request: Request,
  now = new Date(),
): Promise<{ email: string }> {
  const tokenHash = hashToken(input.token);
  const invitation = await teamInvitationModel.findOne({ tokenHash, status: 'pending' }).lean();
  if (!invitation || invitation.expiresAt <= now) throw unusable();
  const { email, emailKey, role } = invitation;
  await refuseCommonPassword(input.password, 'password', [input.name, email, 'Chakravue']);
  const passwordHash = await hashPassword(input.password);
  const person = {
    name: input.name,
    email,
    emailKey,
    passwordHash,
    emailVerifiedAt: now,
    platformRole: role,
  };
  try {
    const userId = await masterTransaction(async (session) => {
      const used = await teamInvitationModel.updateOne(
        { _id: invitation._id, status: 'pending', tokenHash, expiresAt: op({ $gt: now }) },
        { $set: { status: 'accepted', acceptedAt: now } },
        { session },
      );
      if (used.modifiedCount !== 1) throw unusable();
      const id = await writePerson(emailKey, person, now, session);
      await voidClaims(emailKey, id, session, now);
      await mailOwnersOfTeam(
        {
          subject: 'Somebody has joined the team',
          paragraphs: [`${input.name} (${email}) has joined as ${TEAM_ROLES[role].label.toLowerCase()}.`],
        },
        session,
      );
      return id.toString();
    });
    wakeWorker();
    await clearPoints('sign-in.account', emailKey);
    const { requestId, ip, userAgent } = request;
    await recordPlatformAudit({
      actor: { kind: 'platform', id: userId, name: input.name },
      action: 'team.join',
      target: `role:${role}`,
      requestId,
      request: { ip, userAgent },
    });
    return { email };
  } catch (error) {
    if (duplicateKey(error)) throw unusable();
    throw error;
  }
}

type NewPerson = {
  name: string;
  email: string;
  emailKey: string;
  passwordHash: string;
  emailVerifiedAt: Date;
  platformRole: PlatformRole;
};

async function writePerson(
  emailKey: string,
  person: NewPerson,
  now: Date,
  session: ClientSession,
): Promise<Id> {
  const known = await userModel
    .findOne({ emailKey })
    .select('platformRole disabledAt')
    .session(session)
    .lean();
  if (!known) {
    const _id = newObjectId();
    await userModel.create([{ _id, ...person }], { session });
    return _id;
  }
  const works = await membershipModel.exists({ userId: known._id }).session(session);
  if (known.platformRole || known.disabledAt || works)
    throw new AppError(
      'CONFLICT',
      'Your address has an account that cannot join. Ask to be invited with another address.',
    );
  await dropFactors(known._id, session);
  await sessionModel.updateMany(
    { userId: known._id, revokedAt: null },
    { $set: { revokedAt: now } },
    { session },
  );
  await userTokenModel.deleteMany({ userId: known._id, usedAt: null }, { session });
  await userModel.updateOne({ _id: known._id }, { $set: person, $unset: { pinHash: 1 } }, { session });
  return known._id;
}
