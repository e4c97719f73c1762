import 'server-only';
import type { ClientSession } from 'mongoose';
import { holdRole } from '@/features/identity/access/lookup';
import { voidClaims } from '@/features/identity/mailbox/service';
import { recordAudit } from '@/lib/audit/record';
import { hashToken, randomToken } from '@/lib/crypto/cipher';
import { refuseCommonPassword } from '@/lib/crypto/common-passwords';
import { hashPassword, verifyPassword } from '@/lib/crypto/password';
import { AppError, duplicateKey } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { masterTransaction } from '@/lib/master/connection';
import { invitationModel } from '@/lib/master/models/invitation';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import type { StaffRole } from '@/lib/master/vocabulary';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { STATE_ALLOWS } from '@/lib/organizations/policy';
import { enqueueProjection } from '@/lib/organizations/projection';
import { clearPoints, takePoint } from '@/lib/rate-limit/limiter';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { wakeWorker } from '@/lib/work/queue';
import { syncDirectory } from '../projection';
import { getSeats } from '../seats';

type Joined = { organizationName: string; email: string };
type Id = ReturnType<typeof newObjectId>;
type Person = { userId: Id; name: string; create?: { passwordHash: string } };

const unusable = (): AppError =>
  new AppError(
    'NOT_FOUND',
    'This invitation can no longer be used. Ask the person who invited you to send it again.',
  );

async function openInvitation(token: string, now: Date) {
  const invitation = await invitationModel.findOne({ tokenHash: hashToken(token) }).lean();
  if (invitation?.status !== 'pending' || invitation.expiresAt <= now) throw unusable();
  const organization = await organizationModel
    .findById(invitation.organizationId)
    .select('organizationName status')
    .lean();
  if (!organization || !STATE_ALLOWS[organization.status].signIn) throw unusable();
  return { ...invitation, organizationName: organization.organizationName };
}
type Open = Awaited<ReturnType<typeof openInvitation>>;

/**
 * Makes the account that the invitation is for; the link proves the address.
 * @throws AppError NOT_FOUND for a link that cannot be used, CONFLICT when the address has an account
 * meanwhile.
 */
export async function joinAsNew(
  input: { token: string; name: string; password: string },
  requestId: string,
  now = new Date(),
): Promise<Joined> {
  const invitation = await openInvitation(input.token, now);
  const hasAccount = new AppError(
    'CONFLICT',
    'There is an account with your address now. Reload this page and join with its password.',
  );
  if (await userModel.exists({ emailKey: invitation.emailKey })) throw hasAccount;
  await refuseCommonPassword(input.password, 'password', [input.name, invitation.emailKey]);
  const passwordHash = await hashPassword(input.password);
  try {
    return await join(
      invitation,
      { userId: newObjectId(), name: input.name, create: { passwordHash } },
      requestId,
      now,
    );
  } catch (error) {
    if (duplicateKey(error)) throw hasAccount;
    throw error;
  }
}

/**
 * Adds the organization to the account that the address has already.
 * @throws AppError NOT_FOUND for a link that cannot be used, INVALID_INPUT for a wrong password.
 */
export async function joinAsKnown(
  input: { token: string; password: string },
  requestId: string,
  now = new Date(),
): Promise<Joined> {
  const invitation = await openInvitation(input.token, now);
  const user = await userModel
    .findOne({ emailKey: invitation.emailKey })
    .select('+passwordHash name disabledAt platformRole')
    .lean();
  await takePoint('sign-in.account', invitation.emailKey);
  if (!(await verifyPassword(user?.passwordHash, input.password)) || !user) {
    throw new AppError('INVALID_INPUT', 'That is not the password of your account.', { field: 'password' });
  }
  await clearPoints('sign-in.account', invitation.emailKey);
  if (user.disabledAt || user.platformRole) {
    throw new AppError(
      'FORBIDDEN',
      'This account cannot join an organization. Ask to be invited with another address.',
    );
  }
  return join(invitation, { userId: user._id, name: user.name }, requestId, now);
}

/**
 * For somebody whom the organization's own provider vouches for: uses up the invitation of the address, with
 * a password that nobody knows for a new account.
 * @returns false when the address is not invited.
 * @throws AppError LIMIT_REACHED.
 */
export async function joinAsInvited(
  { organizationId, email, name }: { organizationId: string; email: string; name: string },
  requestId: string,
  now = new Date(),
): Promise<boolean> {
  const emailKey = email.toLowerCase();
  const invited = await invitationModel
    .findOne({ organizationId: objectId(organizationId), emailKey, status: 'pending' })
    .lean();
  if (!invited || invited.expiresAt <= now) return false;
  const organization = await organizationModel
    .findById(invited.organizationId)
    .select('organizationName')
    .orFail()
    .lean();
  const user = await userModel.findOne({ emailKey }).select('name').lean();
  const person = user
    ? { userId: user._id, name: user.name }
    : { userId: newObjectId(), name, create: { passwordHash: await hashPassword(randomToken()) } };
  await join({ ...invited, organizationName: organization.organizationName }, person, requestId, now);
  return true;
}

async function join(invitation: Open, person: Person, requestId: string, now: Date): Promise<Joined> {
  const organizationId = invitation.organizationId.toString();
  const userId = person.userId.toString();
  await masterTransaction(async (session) => {
    const used = await invitationModel.updateOne(
      {
        _id: invitation._id,
        status: 'pending',
        tokenHash: invitation.tokenHash,
        expiresAt: op({ $gt: now }),
      },
      { $set: { status: 'accepted', acceptedAt: now } },
      { session },
    );
    if (used.modifiedCount !== 1) throw unusable();
    await assertWithinLimit(organizationId, session);
    await writePerson(invitation, person, now, session);
    await enqueueProjection(organizationId, userId, session);
  });
  wakeWorker();
  await enterDirectory(
    organizationId,
    { userId, name: person.name, email: invitation.email, role: invitation.role },
    requestId,
  );
  return { organizationName: invitation.organizationName, email: invitation.email };
}

/** The invitation holds its seat already; after a smaller plan nobody new comes in until there is room. */
async function assertWithinLimit(organizationId: string, session: ClientSession): Promise<void> {
  const { used, limit } = await getSeats(organizationId, session);
  if (limit === null || used <= limit) return;
  throw new AppError(
    'LIMIT_REACHED',
    'Your organization uses more staff accounts than its plan has. Ask its owner to choose a larger plan.',
  );
}

async function writePerson(
  invitation: Open,
  person: Person,
  now: Date,
  session: ClientSession,
): Promise<void> {
  const place = { userId: person.userId, organizationId: invitation.organizationId };
  if (person.create) {
    const { email, emailKey } = invitation;
    await userModel.create(
      [
        {
          _id: person.userId,
          email,
          emailKey,
          name: person.name,
          passwordHash: person.create.passwordHash,
          emailVerifiedAt: now,
        },
      ],
      { session },
    );
    await voidClaims(emailKey, person.userId, session, now);
  } else {
    if (await membershipModel.exists(place).session(session))
      throw new AppError('CONFLICT', 'You work there already. Please sign in.');
  }
  const { role, customRoleId } = invitation;
  // Deleting a role moves its open invitations first; one that is gone all the same opens nothing.
  if (customRoleId && !(await holdRole(invitation.organizationId, customRoleId, session))) throw unusable();
  await membershipModel.create([{ ...place, role, customRoleId: customRoleId ?? null, status: 'active' }], {
    session,
  });
}

/**
 * The membership stands; when the organization's database is away the job brings the directory up to date.
 */
export async function enterDirectory(
  organizationId: string,
  person: { userId: string; name: string; email: string; role: StaffRole },
  requestId: string,
): Promise<void> {
  try {
    await withTenantDatabase(organizationId, async (db) => {
      await syncDirectory(db, person.userId);
      await recordAudit(
        { db, actor: { kind: 'staff', ...person }, requestId },
        { action: 'staff.join', target: `staff:${person.userId}` },
      );
    });
  } catch (error) {
    logger.warn({ err: error, organizationId, requestId }, 'a new member is not in the directory yet');
  }
}
