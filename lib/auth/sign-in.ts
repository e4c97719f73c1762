import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { signValue } from '../crypto/cipher';
import { verifyPassword } from '../crypto/password';
import { STATE_ALLOWS } from '../features/organizations/policy';
import { enqueue } from '../jobs/queue';
import { membershipModel } from '../master/models/membership';
import { organizationModel } from '../master/models/organization';
import { sessionModel } from '../master/models/session';
import { userModel } from '../master/models/user';
import type { OrganizationState, StaffRole } from '../master/vocabulary';
import { op } from '../mongo';
import { SESSION_HOURS, VERIFY_GRACE_DAYS } from './limits';
import type { SignInProblem } from './sign-in-problem';

export const signInInput = z.object({
  email: z.string().trim().max(254).pipe(z.email()),
  password: z.string().min(1).max(200),
});

export type SignedIn = {
  id: string;
  name: string;
  email: string;
  organizationId: string | null;
  role: StaffRole | 'super-admin';
  sessionId: string;
};

/** Thrown when sign-in is refused. The problem travels to the page; what it says beyond "wrong" needs the right password first. */
export class SignInRefused extends Error {
  override name = 'SignInRefused';
  readonly problem: SignInProblem;
  readonly resumeToken: string | undefined;
  constructor(problem: SignInProblem, resumeToken?: string) {
    // next-auth carries the message to the browser as `error`.
    super(resumeToken ? `${problem}:${resumeToken}` : problem);
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

/**
 * Checks the password and whether the person and their organization may enter, then opens a session row.
 * @throws SignInRefused with the reason; the same answer and the same time for an unknown address and a wrong password.
 */
export async function signIn(
  input: z.output<typeof signInInput>,
  request: { ip: string; userAgent: string },
  now = new Date(),
): Promise<SignedIn> {
  const users = await userModel();
  const user = await users.findOne({ emailKey: input.email.toLowerCase() }).select('+passwordHash').lean();
  const matches = await verifyPassword(user?.passwordHash, input.password);
  if (!user || !matches) throw new SignInRefused('WRONG_CREDENTIALS');
  if (user.disabledAt) throw new SignInRefused('ACCOUNT_DISABLED');

  const identity = { id: user._id.toString(), name: user.name, email: user.email };
  const sessionId = randomUUID();
  const session = {
    _id: sessionId,
    userId: user._id,
    expiresAt: new Date(now.getTime() + SESSION_HOURS * 3_600_000),
    ip: request.ip,
    userAgent: request.userAgent,
  };
  const sessions = await sessionModel();

  if (user.platformRole) {
    await sessions.create({ ...session, organizationId: null });
    await users.updateOne({ _id: user._id }, { $set: { lastSignInAt: now } });
    return { ...identity, organizationId: null, role: user.platformRole, sessionId };
  }

  const membership = await chooseMembership(user._id.toString());
  if (!membership) throw new SignInRefused('NO_ORGANIZATION');
  const { organization, role } = membership;
  const problem = STATE_ALLOWS[organization.status].signIn
    ? undefined
    : PROBLEM_OF_STATE[organization.status];
  if (problem) {
    const resume =
      problem === 'PAYMENT_PENDING' || problem === 'PROVISIONING'
        ? signValue('signup', organization._id.toString(), new Date(now.getTime() + 3_600_000))
        : undefined;
    throw new SignInRefused(problem, resume);
  }
  if (membership.suspended) throw new SignInRefused('ACCOUNT_DISABLED');
  const age = now.getTime() - user.createdAt.getTime();
  if (!user.emailVerifiedAt && age > VERIFY_GRACE_DAYS * 86_400_000) {
    await enqueue('account.verify-email', user.emailKey);
    throw new SignInRefused('EMAIL_UNVERIFIED');
  }

  await sessions.create({ ...session, organizationId: organization._id });
  await users.updateOne({ _id: user._id }, { $set: { lastSignInAt: now } });
  await (await membershipModel()).updateOne(
    { userId: user._id, organizationId: organization._id },
    { $set: { lastUsedAt: now } },
  );
  return { ...identity, organizationId: organization._id.toString(), role, sessionId };
}

/** The organization used last that can be entered, else the one whose refusal says most. */
async function chooseMembership(userId: string) {
  const memberships = await (await membershipModel())
    .find({ userId })
    .sort({ lastUsedAt: -1, _id: 1 })
    .limit(20)
    .lean();
  const organizations = await (await organizationModel())
    .find({ _id: op({ $in: memberships.map(({ organizationId }) => organizationId) }) })
    .select('status')
    .lean();
  const rows = memberships.flatMap((membership) => {
    const organization = organizations.find(({ _id }) => _id.equals(membership.organizationId));
    return organization
      ? [{ organization, role: membership.role, suspended: membership.status !== 'active' }]
      : [];
  });
  return rows.find((row) => STATE_ALLOWS[row.organization.status].signIn && !row.suspended) ?? rows[0];
}
