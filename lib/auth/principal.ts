import 'server-only';
import type { Model, Require_id } from 'mongoose';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { hashToken } from '../crypto/cipher';
import { membershipModel } from '../master/models/membership';
import { organizationModel } from '../master/models/organization';
import { sessionModel } from '../master/models/session';
import { supportGrantModel } from '../master/models/support-grant';
import { userModel } from '../master/models/user';
import { type newObjectId, op } from '../mongo';
import { readSessionToken } from '../session-token';
import { readCustomRole } from './custom-role';
import { isFreed } from './freed';
import { FREED_DAYS, IDLE_MINUTES } from './limits';
import { platformCan } from './platform-permissions';
import { requestFacts } from './request';

/**
 * The person behind a session, as the master database knows them now. Null when the session has ended.
 * @throws AppError UNAVAILABLE when the master database cannot be reached.
 */
export async function readPrincipal({ id, sessionId }: { id: string; sessionId: string }, now = new Date()) {
  const found = await readSession(sessionId);
  if (!found) return null;
  const { session, user } = found;
  if (
    session.revokedAt ||
    session.lockedAt ||
    session.expiresAt < now ||
    session.userId.toString() !== id ||
    !user ||
    user.disabledAt
  )
    return null;
  const person = {
    userId: id,
    name: user.name,
    email: user.email,
    isEmailVerified: Boolean(user.emailVerifiedAt),
    createdAt: user.createdAt,
    /** Of a newcomer, the day they came: what was there then is not new to them. */
    changesSeenOn: user.changesSeenOn ?? user.createdAt.toISOString().slice(0, 10),
    sessionId,
    lastSeenAt: session.lastSeenAt ?? session.createdAt,
    hasSecondFactor: Boolean(user.secondFactorSince) || session.isStrong,
    method: session.method ?? null,
  };
  if (!session.organizationId) {
    const role = user.platformRole;
    if (!role) return null;
    // Whose password alone opens everything opens nothing but the page where a second factor is set up.
    const mustSetUpSecondFactor = !user.secondFactorSince;
    const mayEnter = !mustSetUpSecondFactor && platformCan(role, 'support-access:use');
    const support = session.supportGrantId && mayEnter ? await readSupport(session.supportGrantId, id) : null;
    // In a hospital's workspace its own limit holds too, and the shorter of the two.
    const idleMinutes = Math.min(IDLE_MINUTES, idleMinutesOf(support?.organization));
    if (await hasGoneIdle(person, idleMinutes, now)) return null;
    return { kind: 'platform' as const, ...person, role, mustSetUpSecondFactor, support, idleMinutes };
  }

  const { organization, memberships } = found;
  const membership = memberships.find((one) => one.organizationId.equals(session.organizationId));
  if (membership?.status !== 'active' || !organization) return null;
  const idleMinutes = idleMinutesOf(organization);
  if (await hasGoneIdle(person, idleMinutes, now)) return null;
  const freed = isFreed(membership, user);
  const isLacking = Boolean(organization.security?.requireSecondFactor) && (freed || !person.hasSecondFactor);
  const requiredFrom = isLacking
    ? requiredFromFor(organization.security?.requiredFrom, freed, membership)
    : null;
  const { customRoleId } = membership;
  return {
    kind: 'staff' as const,
    ...person,
    role: membership.role,
    customRole: customRoleId ? await readCustomRole(customRoleId, organization._id, organization.plan) : null,
    organization,
    /** Where they may work, when not everywhere, and where they work now. */
    branchIds: membership.branchIds?.map(String) ?? [],
    branchId: (session.branchId ?? membership.lastBranchId)?.toString() ?? null,
    /** Works in another organization too. */
    hasOtherPlaces: memberships.some((one) => one !== membership && one.status === 'active'),
    idleMinutes,
    /**
     * The organization asks for a second factor and this person has none: from then on nothing else opens.
     */
    secondFactorDue: requiredFrom,
    mustSetUpSecondFactor: requiredFrom !== null && requiredFrom <= now,
  };
}

/** Somebody whom an administrator freed gets a week to have the factor renewed in every organization. */
function requiredFromFor(
  requiredFrom: Date | null | undefined,
  freed: boolean,
  { factorsFrom }: { factorsFrom?: Date | null },
): Date {
  const from = requiredFrom ?? new Date(0);
  if (!freed || !factorsFrom) return from;
  return new Date(Math.max(from.getTime(), factorsFrom.getTime() + FREED_DAYS * 86_400_000));
}

type Secured = { security?: { idleMinutes?: number | null } | null };
const idleMinutesOf = (organization: Secured | undefined): number =>
  organization?.security?.idleMinutes ?? IDLE_MINUTES;

/** Whether nobody has been there for too long; then the session ends here and now. */
async function hasGoneIdle(
  { sessionId, lastSeenAt }: { sessionId: string; lastSeenAt: Date },
  idleMinutes: number,
  now: Date,
): Promise<boolean> {
  if (now.getTime() - lastSeenAt.getTime() <= idleMinutes * 60_000) return false;
  await leaveSession(sessionId, 'idle', now);
  return true;
}

/**
 * Ends a session that its person has left; at a shared computer it waits for the PIN.
 * @returns whether it waits.
 */
export async function leaveSession(
  sessionId: string,
  endedBy: 'idle' | 'switch',
  now = new Date(),
): Promise<boolean> {
  if (await lockSession(sessionId, now)) return true;
  await sessionModel.updateOne(
    { _id: sessionId, revokedAt: null, lockedAt: null },
    { $set: { revokedAt: now, endedBy } },
  );
  return false;
}

/**
 * Leaves a session of a shared computer for its person to come back to.
 * @returns false where there is no way back.
 */
export async function lockSession(sessionId: string, now = new Date()): Promise<boolean> {
  const open = { _id: sessionId, revokedAt: null, lockedAt: null, deviceId: op({ $exists: true }) };
  const session = await sessionModel.findOne(open).select('userId').lean();
  if (!session) return false;
  const hasPin = await userModel.exists({ _id: session.userId, pinHash: op({ $exists: true }) });
  if (!hasPin) return false;
  const { modifiedCount } = await sessionModel.updateOne(open, { $set: { lockedAt: now } });
  return modifiedCount === 1;
}

const SEEN_EVERY_MS = 30_000;

/** Notes that the person did something; at most one write in half a minute. */
export async function touchSession(
  principal: { sessionId: string; lastSeenAt: Date },
  now = new Date(),
): Promise<void> {
  if (now.getTime() - principal.lastSeenAt.getTime() < SEEN_EVERY_MS) return;
  await sessionModel.updateOne({ _id: principal.sessionId, revokedAt: null }, { $max: { lastSeenAt: now } });
}

/**
 * A page that was opened, an action, or a client without a browser; what a page asks for by itself does not
 * count.
 */
async function isDeed(): Promise<boolean> {
  const given = await headers();
  const destination = given.get('sec-fetch-dest');
  return destination === null || destination === 'document' || given.has('next-action');
}

type Id = ReturnType<typeof newObjectId>;

const ORGANIZATION =
  'organizationName purpose timeZone country plan status features security nonPayment hold suspension acceptedVersions onboarding branches';

const readOrganization = async (id: Id) => organizationModel.findById(id).select(ORGANIZATION).lean();

type RowOf<M> = M extends Model<infer Row> ? Require_id<Row> : never;
type SessionRow = RowOf<typeof sessionModel> & {
  user: RowOf<typeof userModel>[];
  organization: NonNullable<Awaited<ReturnType<typeof readOrganization>>>[];
  memberships: RowOf<typeof membershipModel>[];
};

/** What a stage of a pipeline keeps: these fields, of a part of the row or of the row itself. */
const kept = (fields: string, part = ''): Record<string, 1> =>
  Object.fromEntries(fields.split(' ').map((field) => [`${part}${field}`, 1 as const]));

/**
 * A session and whose it is, in one question: every request asks it, and each further command would cost as
 * much again as what it brings.
 */
async function readSession(sessionId: string) {
  const of = (
    from: { collection: { name: string } },
    localField: string,
    foreignField: string,
    as: string,
  ) => ({
    $lookup: { from: from.collection.name, localField, foreignField, as },
  });
  const [row] = await sessionModel.aggregate<SessionRow>([
    { $match: { _id: sessionId } },
    of(userModel, 'userId', '_id', 'user'),
    of(organizationModel, 'organizationId', '_id', 'organization'),
    of(membershipModel, 'userId', 'userId', 'memberships'),
    {
      $project: {
        ...kept('userId organizationId branchId supportGrantId expiresAt revokedAt lockedAt lastSeenAt'),
        ...kept('createdAt method isStrong'),
        ...kept('_id name email platformRole disabledAt emailVerifiedAt createdAt changesSeenOn', 'user.'),
        ...kept('secondFactorSince factorAddedAt', 'user.'),
        ...kept(`_id ${ORGANIZATION}`, 'organization.'),
        ...kept(
          '_id organizationId role status customRoleId factorsFrom branchIds lastBranchId',
          'memberships.',
        ),
      },
    },
  ]);
  if (!row) return null;
  const { user, organization, memberships, ...session } = row;
  return { session, user: user[0], organization: organization[0], memberships };
}

/**
 * The workspace that a grant opens to this support person now; null from the moment it ends or is revoked.
 */
async function readSupport(grantId: Id, userId: string, now = new Date()) {
  const grant = await supportGrantModel
    .findById(grantId)
    .select('organizationId state scope requestedBy decidedBy expiresAt')
    .lean();
  if (grant?.state !== 'granted' || !grant.expiresAt || grant.expiresAt <= now) return null;
  if (grant.requestedBy?.id && grant.requestedBy.id !== userId) return null;
  const organization = await readOrganization(grant.organizationId);
  if (!organization) return null;
  const grantedBy = { userId: grant.decidedBy?.id ?? '', name: grant.decidedBy?.name ?? '' };
  return {
    grantId: grant._id.toString(),
    scope: grant.scope,
    until: grant.expiresAt,
    grantedBy,
    organization,
  };
}

/** The session that the cookie names, and the person it was opened for. */
async function namedByCookie(): Promise<{ id: string; sessionId: string } | null> {
  const jar = await cookies();
  const claims = await readSessionToken((name) => jar.get(name)?.value);
  return claims?.sub && claims.sessionId ? { id: claims.sub, sessionId: claims.sessionId } : null;
}

/**
 * Who is asking, read from the master database once per request: the token is only a hint, so a removed
 * person, a changed role or a suspended organization counts at the next request. Null when nobody is signed
 * in.
 * @throws AppError UNAVAILABLE when the master database cannot be reached.
 */
export const getPrincipal = cache(async () => {
  const named = await namedByCookie();
  if (!named) return null;
  const principal = await readPrincipal(named);
  if (principal && (await isDeed())) await touchSession(principal);
  return principal;
});

/** Whose page it is: an organization and a person, or the company's person and the grant they look under. */
export const placeOf = (principal: Principal): string =>
  principal.kind === 'staff'
    ? `${principal.organization._id} ${principal.userId}`
    : `support ${principal.support?.grantId ?? ''} ${principal.userId}`;

/** Under what the last person of this browser comes back with a PIN; null where they cannot. */
export async function waitingReference(now = new Date()): Promise<string | null> {
  const [named, { deviceId }] = await Promise.all([namedByCookie(), requestFacts()]);
  if (!named || !deviceId) return null;
  const isWaiting = await sessionModel.exists({
    _id: named.sessionId,
    userId: named.id,
    deviceId,
    lockedAt: op({ $exists: true }),
    revokedAt: null,
    expiresAt: op({ $gt: now }),
  });
  return isWaiting ? hashToken(named.sessionId) : null;
}

export type Principal = NonNullable<Awaited<ReturnType<typeof getPrincipal>>>;
export type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;
export type PlatformPrincipal = Extract<Principal, { kind: 'platform' }>;
export type SupportSession = NonNullable<PlatformPrincipal['support']>;
