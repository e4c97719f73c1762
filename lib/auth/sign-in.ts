import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordPlatformAudit } from '../audit/record';
import { signValue } from '../crypto/cipher';
import { accountEmail } from '../fields';
import { membershipModel } from '../master/models/membership';
import { organizationModel } from '../master/models/organization';
import { sessionModel } from '../master/models/session';
import { userModel } from '../master/models/user';
import type { OrganizationState, PlatformRole, StaffRole } from '../master/vocabulary';
import { newObjectId, objectId, op } from '../mongo';
import { STATE_ALLOWS } from '../organizations/policy';
import { clearPoints, countPoint, returnPoint } from '../rate-limit/limiter';
import type { LimitName } from '../rate-limit/registry';
import { enqueue } from '../work/queue';
import { findMatch, listClaims, MAX_CLAIMS } from './claims';
import { isFreed } from './freed';
import { anyKnownDevice, knownDevice } from './known-device';
import { SESSION_HOURS, VERIFY_GRACE_DAYS } from './limits';
import { methodsOf, signChallenge } from './second-factor';
import type { SignInProblem } from './sign-in-problem';
import { organizationsClosedTo } from './single-sign-on';

export const signInInput = z.object({
  email: z.string().trim().max(254).pipe(accountEmail()),
  password: z.string().min(1).max(200),
});

export type SignedIn = {
  id: string;
  name: string;
  email: string;
  organizationId: string | null;
  /** A hint; the company's people have a role of theirs in the master database. */
  role: StaffRole | 'company';
  sessionId: string;
};

/**
 * Thrown when sign-in is refused. The problem travels to the page; what it says beyond "wrong" needs the
 * right password first.
 */
export class SignInRefused extends Error {
  override name = 'SignInRefused';
  readonly problem: SignInProblem;
  /** A signed token that leads on: to the payment, or to the second step. */
  readonly resumeToken: string | undefined;
  /**
   * For the company's log alone: whose account it was, and whether it has an entry of this refusal already.
   */
  userId: string | undefined;
  isRepeated = false;
  constructor(problem: SignInProblem, resumeToken?: string, hint?: string) {
    // next-auth carries the message to the browser as `error`.
    super([problem, resumeToken, hint].filter(Boolean).join(':'));
    this.problem = problem;
    this.resumeToken = resumeToken;
  }
}

const PROBLEM_OF_STATE: Partial<Record<OrganizationState, SignInProblem>> = {
  requested: 'ENTERPRISE_REQUESTED',
  pending_payment: 'PAYMENT_PENDING',
  provisioning: 'PROVISIONING',
  suspended: 'ORGANIZATION_SUSPENDED',
  canceled: 'ORGANIZATION_EXPIRED',
  offboarding: 'ORGANIZATION_CLOSED',
  deleted: 'ORGANIZATION_CLOSED',
};

export type SignInRequest = { ip: string; userAgent: string; deviceId?: string; knownDevices?: string };
export type SignInMethod = 'password' | 'second-factor' | 'passkey' | 'switch' | 'single-sign-on' | 'pin';

function limitReached(problem: SignInProblem, { isRepeated }: { isRepeated: boolean }): SignInRefused {
  return Object.assign(new SignInRefused(problem), { isRepeated });
}

/**
 * The first step: checks the password. With a second factor it leads on to that, otherwise into the
 * organization.
 * The same answers in the same time for an unknown address and a wrong password, up to the lock and its mail.
 * @throws SignInRefused with the reason.
 */
export async function signIn(
  input: z.output<typeof signInInput>,
  request: SignInRequest,
  now = new Date(),
): Promise<SignedIn> {
  const emailKey = input.email.toLowerCase();
  const device = request.knownDevices ? await deviceOf(emailKey, request.knownDevices) : null;
  const counted: [LimitName, string] = device ? ['sign-in.device', device] : ['sign-in.account', emailKey];
  if (!device) {
    const address = await countPoint('sign-in.address', request.ip);
    if (!address.allowed) throw limitReached('TOO_MANY', address);
  }
  // Counted before the password is looked at, so that many guesses at one moment do not slip through.
  const attempt = await countPoint(...counted);
  if (!attempt.allowed) throw limitReached('LOCKED', attempt);
  const user = await userModel.findOne({ emailKey }).select('+passwordHash').lean();
  // Every address costs the same reads and, when the password is wrong, the same looks at one.
  const begun = await listBegun(user?._id ?? newObjectId());
  const claims = await listClaims(emailKey);
  const match = await findMatch(
    user
      ? [user.passwordHash, ...begun.map(({ signupPasswordHash }) => signupPasswordHash)]
      : claims.map(({ passwordHash }) => passwordHash),
    input.password,
  );
  const claim = user ? undefined : claims[match];
  const waiting = user ? begun[match - 1] : undefined;
  // Not cleared: what was typed at a sign-up must not make room for guesses at another password.
  if (claim || waiting) await returnPoint(...counted);
  if (waiting) throw refusalOf(waiting, 'owner', now) ?? new SignInRefused('WRONG_CREDENTIALS');
  if (claim) return pastPassword(claim, request, now);
  if (!user || match !== 0) {
    // Whether there is an account to unlock is found out by the job.
    if (attempt.left === 0) await enqueue('account.unlock', emailKey);
    const wrong = new SignInRefused('WRONG_CREDENTIALS');
    wrong.userId = user?._id.toString();
    throw wrong;
  }
  await clearPoints(...counted);
  return pastPassword(user, request, now);
}

/**
 * The limit of an address for ways in that have nothing to guess. Where somebody has used it up, browsers
 * that are known for a person have points of their own. @returns false when there is none left.
 */
export async function takeAddressPoint(request: SignInRequest): Promise<boolean> {
  if ((await countPoint('sign-in.address', request.ip)).allowed) return true;
  const device = anyKnownDevice(request.knownDevices);
  return device ? (await countPoint('sign-in.device', device)).allowed : false;
}

/** The device as which this browser is known for the account of an address. */
async function deviceOf(emailKey: string, knownDevices: string): Promise<string | null> {
  const user = await userModel.findOne({ emailKey }).select('_id').lean();
  return knownDevice(knownDevices, user?._id.toString());
}

/** After the right password: on to the second factor where there is one, otherwise in. */
async function pastPassword(user: Person, request: SignInRequest, now: Date): Promise<SignedIn> {
  if (user.disabledAt) throw new SignInRefused('ACCOUNT_DISABLED');
  if (user.secondFactorSince) {
    const freed = await findFreed(user);
    if (freed) return admit(user, request, { method: 'password', organizationId: freed }, now);
    const challenge = signChallenge(user._id.toString(), now);
    throw new SignInRefused('SECOND_FACTOR', challenge, (await methodsOf(user._id.toString())).join(','));
  }
  return admit(user, request, { method: 'password' }, now);
}

/**
 * An organization whose administrator freed the person of a lost second factor, and which the password opens
 * alone.
 */
async function findFreed(user: Person): Promise<string | null> {
  const places = await membershipModel
    .find({ userId: objectId(user._id.toString()), status: 'active', factorsFrom: op({ $exists: true }) })
    .select('organizationId factorsFrom')
    .limit(20)
    .lean();
  return places.find((place) => isFreed(place, user))?.organizationId.toString() ?? null;
}

/**
 * What somebody signed up with this person's address: until it is paid for, sign-in answers as it does to a
 * new address.
 */
const listBegun = async (ownerId: { toString(): string }) =>
  organizationModel
    .find({
      ownerId: objectId(ownerId.toString()),
      signupPasswordHash: op({ $exists: true }),
      status: op({ $in: ['requested', 'pending_payment', 'provisioning'] satisfies OrganizationState[] }),
    })
    .sort({ createdAt: -1 })
    .limit(MAX_CLAIMS)
    .select('+signupPasswordHash status')
    .lean();

/** Why nobody enters the organization now, with what leads on; undefined while it is open. */
function refusalOf(
  organization: { _id: { toString(): string }; status: OrganizationState },
  role: StaffRole,
  now: Date,
): SignInRefused | undefined {
  if (STATE_ALLOWS[organization.status].signIn) return;
  const problem = PROBLEM_OF_STATE[organization.status];
  if (!problem) return;
  const inAnHour = new Date(now.getTime() + 3_600_000);
  const canPay = problem === 'ORGANIZATION_SUSPENDED' || problem === 'ORGANIZATION_EXPIRED';
  const resume =
    problem === 'PAYMENT_PENDING' || problem === 'PROVISIONING'
      ? signValue('signup', organization._id.toString(), inAnHour)
      : canPay && role === 'owner'
        ? signValue('billing-pay', organization._id.toString(), inAnHour)
        : undefined;
  return new SignInRefused(problem, resume);
}

type Person = {
  _id: { toString(): string };
  name: string;
  email: string;
  emailKey: string;
  emailVerifiedAt?: Date | null;
  disabledAt?: Date | null;
  createdAt: Date;
  platformRole?: PlatformRole | null;
  secondFactorSince?: Date | null;
  factorAddedAt?: Date | null;
};

/**
 * The last step of every way in: whether the person and their organization may enter, then a session row.
 * `organizationId` asks for that organization and no other; `factorAddedAt` is since when the factor used is
 * there; `isStrong` says that this way in is two factors by itself.
 * @throws SignInRefused with the reason.
 */
export async function admit(
  user: Person,
  request: SignInRequest,
  options: { method: SignInMethod; organizationId?: string; isStrong?: boolean; factorAddedAt?: Date },
  now = new Date(),
): Promise<SignedIn> {
  if (user.disabledAt) throw new SignInRefused('ACCOUNT_DISABLED');
  const userId = user._id.toString();
  const identity = { id: userId, name: user.name, email: user.email };
  const sessionId = randomUUID();
  const session = {
    _id: sessionId,
    userId: objectId(userId),
    expiresAt: new Date(now.getTime() + SESSION_HOURS * 3_600_000),
    lastSeenAt: now,
    method: options.method,
    isStrong: options.isStrong ?? false,
    ip: request.ip,
    userAgent: request.userAgent,
    ...(request.deviceId ? { deviceId: request.deviceId } : {}),
  };

  if (user.platformRole) {
    await sessionModel.create({ ...session, organizationId: null });
    await userModel.updateOne({ _id: session.userId }, { $set: { lastSignInAt: now } });
    await recordPlatformAudit({
      actor: { kind: 'platform', id: userId, name: user.name },
      action: 'account.sign-in',
      target: `sign-in:${options.method}`,
      request,
    });
    return { ...identity, organizationId: null, role: 'company', sessionId };
  }

  const membership = await chooseMembership(user, options);
  if (!membership) throw new SignInRefused('NO_ORGANIZATION');
  const { organization, role } = membership;
  const refusal = refusalOf(organization, role, now);
  if (refusal) throw refusal;
  if (membership.isClosed) throw new SignInRefused('SINGLE_SIGN_ON_REQUIRED');
  if (membership.suspended) throw new SignInRefused('ACCOUNT_DISABLED');
  const age = now.getTime() - user.createdAt.getTime();
  if (!user.emailVerifiedAt && age > VERIFY_GRACE_DAYS * 86_400_000) {
    await enqueue('account.verify-email', user.email.toLowerCase());
    throw new SignInRefused('EMAIL_UNVERIFIED');
  }

  await sessionModel.create({ ...session, organizationId: organization._id });
  await userModel.updateOne({ _id: session.userId }, { $set: { lastSignInAt: now } });
  await membershipModel.updateOne(
    { userId: session.userId, organizationId: organization._id },
    { $set: { lastUsedAt: now } },
  );
  await enqueue('account.record-sign-in', sessionId);
  return { ...identity, organizationId: organization._id.toString(), role, sessionId };
}

/** The organization used last that can be entered, else the one whose refusal says most. */
async function chooseMembership(
  user: Person,
  {
    organizationId: only,
    method,
    factorAddedAt,
  }: { organizationId?: string; method: SignInMethod; factorAddedAt?: Date },
) {
  const userId = user._id.toString();
  const all = await membershipModel
    .find({ userId: objectId(userId), ...(only ? { organizationId: objectId(only) } : {}) })
    .sort({ lastUsedAt: -1, _id: 1 })
    .limit(20)
    .lean();
  // A factor from before an administrator freed the person does not open that organization.
  const memberships = all.filter(
    ({ factorsFrom }) => !(factorsFrom && factorAddedAt && factorAddedAt < factorsFrom),
  );
  const organizations = await organizationModel
    .find({ _id: op({ $in: memberships.map(({ organizationId }) => organizationId) }) })
    .select('status plan')
    .lean();
  const closed =
    method === 'single-sign-on'
      ? new Set<string>()
      : await organizationsClosedTo(
          { id: userId, hasSecondFactor: Boolean(user.secondFactorSince) },
          memberships.flatMap(({ organizationId, role }) => {
            const plan = organizations.find(({ _id }) => _id.equals(organizationId))?.plan;
            return plan ? [{ _id: organizationId, plan, role }] : [];
          }),
        );
  const rows = memberships.flatMap((membership) => {
    const organization = organizations.find(({ _id }) => _id.equals(membership.organizationId));
    return organization
      ? [
          {
            organization,
            role: membership.role,
            suspended: membership.status !== 'active',
            isClosed: closed.has(organization._id.toString()),
          },
        ]
      : [];
  });
  const canEnter = (row: (typeof rows)[number]) =>
    STATE_ALLOWS[row.organization.status].signIn && !row.suspended && !row.isClosed;
  return rows.find(canEnter) ?? rows[0];
}
