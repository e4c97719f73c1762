import 'server-only';
import { voidClaims } from '@/features/identity/mailbox/service';
import { takeSeat } from '@/features/identity/staff/seats';
import { enterDirectory, joinAsInvited } from '@/features/identity/staff/service/join';
import { SignInRefused } from '@/lib/auth/sign-in';
import { hashToken, randomToken } from '@/lib/crypto/cipher';
import { hashPassword } from '@/lib/crypto/password';
import { duplicateKey, isAppError } from '@/lib/errors';
import { masterTransaction } from '@/lib/master/connection';
import { membershipModel } from '@/lib/master/models/membership';
import { userModel } from '@/lib/master/models/user';
import { newObjectId } from '@/lib/mongo';
import { enqueueProjection } from '@/lib/organizations/projection';
import { ssoIdentityModel } from './model';
import type { UsableConnection } from './queries';

export type Claims = { issuer: string; subject: string; email: string; name: string };

const identityId = (organizationId: string, { issuer, subject }: Claims): string =>
  hashToken(`${organizationId}|${issuer}|${subject}`);

/**
 * The account that the provider means: the one linked to the subject, else the member with the address, else
 * somebody invited, else, where that is switched on, a new one. An account of another organization is never
 * taken along.
 * @throws SignInRefused.
 */
export async function findOrMakeAccount(
  connection: UsableConnection,
  claims: Claims,
  requestId: string,
  now: Date,
): Promise<string> {
  const organizationId = connection._id.toString();
  const emailKey = claims.email.toLowerCase();
  const linked = await ssoIdentityModel.findById(identityId(organizationId, claims)).lean();
  const user = linked
    ? await userModel.findById(linked.userId).select('platformRole disabledAt').lean()
    : await userModel.findOne({ emailKey }).select('platformRole disabledAt').lean();
  // The company's own people never come in through a customer's provider.
  if (user?.platformRole) throw new SignInRefused('SSO_NO_ACCOUNT');
  const place = user ? { userId: user._id, organizationId: connection._id } : null;
  if (place && (await membershipModel.exists(place))) {
    if (!linked) await assertUnlinked(connection, place.userId);
  } else {
    await enterOrganization(connection, claims, { isKnown: Boolean(user), requestId, now });
    // A person who was removed and invited again is linked again.
    if (place) await ssoIdentityModel.deleteMany(place);
  }
  const member = linked && place ? user : await userModel.findOne({ emailKey }).select('_id').lean();
  if (!member) throw new SignInRefused('SSO_NO_ACCOUNT');
  await link(organizationId, claims, member._id, now);
  return member._id.toString();
}

type Id = ReturnType<typeof newObjectId>;

/** An address that the provider gave to somebody else meanwhile does not open the first one's account. */
async function assertUnlinked({ _id, issuer }: UsableConnection, userId: Id): Promise<void> {
  const other = await ssoIdentityModel.exists({ userId, organizationId: _id, issuer });
  if (other) throw new SignInRefused('SSO_OTHER_PERSON');
}

async function link(organizationId: string, claims: Claims, userId: Id, now: Date): Promise<void> {
  const { issuer, subject } = claims;
  try {
    await ssoIdentityModel.updateOne(
      { _id: identityId(organizationId, claims) },
      {
        $set: { lastUsedAt: now },
        $setOnInsert: { organizationId, userId, issuer, subject },
      },
      { upsert: true },
    );
  } catch (error) {
    // The same person in two windows at once.
    if (!duplicateKey(error)) throw error;
  }
}

async function enterOrganization(
  connection: UsableConnection,
  claims: Claims,
  { isKnown, requestId, now }: { isKnown: boolean; requestId: string; now: Date },
): Promise<void> {
  const organizationId = connection._id.toString();
  try {
    const { email, name } = claims;
    if (await joinAsInvited({ organizationId, email, name }, requestId, now)) return;
    if (isKnown || !connection.isJustInTime) throw new SignInRefused('SSO_NO_ACCOUNT');
    await makeAccount(connection, claims, requestId, now);
  } catch (error) {
    if (isAppError(error) && error.code === 'LIMIT_REACHED') throw new SignInRefused('SSO_FULL');
    throw error;
  }
}

/** Within the seat limit, in one transaction. The password is one that nobody knows. */
async function makeAccount(
  connection: UsableConnection,
  { email, name }: Claims,
  requestId: string,
  now: Date,
): Promise<void> {
  const organizationId = connection._id.toString();
  const userId = newObjectId();
  const passwordHash = await hashPassword(randomToken());
  const role = connection.defaultRole;
  try {
    await masterTransaction(async (session) => {
      await takeSeat(organizationId, session);
      const account = { _id: userId, name, email, emailKey: email.toLowerCase(), passwordHash };
      await userModel.create([{ ...account, emailVerifiedAt: now }], { session });
      await voidClaims(account.emailKey, userId, session, now);
      await membershipModel.create([{ userId, organizationId: connection._id, role, status: 'active' }], {
        session,
      });
      await enqueueProjection(organizationId, userId.toString(), session);
    });
  } catch (error) {
    // The same person in another window was first.
    if (duplicateKey(error)) return;
    throw error;
  }
  await enterDirectory(organizationId, { userId: userId.toString(), name, email, role }, requestId);
}
