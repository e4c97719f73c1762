import 'server-only';
import { readAccess } from '@/features/identity/access/lookup';
import { canManage } from '@/features/identity/staff/policy';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import type { CustomRole } from '@/lib/auth/custom-role';
import { isFreed } from '@/lib/auth/freed';
import { IDLE_MINUTES } from '@/lib/auth/limits';
import { AppError, notFoundError } from '@/lib/errors';
import { mailPerson } from '@/lib/mail/security-notice';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { passkeyModel } from '@/lib/master/models/passkey';
import { secondFactorModel } from '@/lib/master/models/second-factor';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import type { StaffRole } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { assertUnchanged, revisionOf } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { wakeWorker } from '@/lib/work/queue';
import type { OrganizationSecurityInput } from './schema';

const MAX_PEOPLE = 500;

export type Compliance = {
  userId: string;
  name: string;
  email: string;
  role: StaffRole;
  customRole: CustomRole | null;
  hasSecondFactor: boolean;
};

type Stored = { requireSecondFactor?: boolean | null; idleMinutes?: number | null } | null | undefined;
/** What the form shows of it. */
const formOf = (security: Stored) => ({
  requireSecondFactor: Boolean(security?.requireSecondFactor),
  idleMinutes: security?.idleMinutes ?? IDLE_MINUTES,
});

/** What the organization asks of sign-ins, and who meets it. At most 500 people, those who do not first. */
export async function getOrganizationSecurity(ctx: TenantContext) {
  const organizationId = objectId(ctx.organizationId);
  const [organization, memberships] = await Promise.all([
    organizationModel.findById(organizationId).select('security').orFail().lean(),
    membershipModel
      .find({ organizationId, status: 'active' })
      .select('userId role customRoleId')
      .limit(MAX_PEOPLE)
      .lean(),
  ]);
  const users = await userModel
    .find({ _id: op({ $in: memberships.map(({ userId }) => userId) }) })
    .select('name email secondFactorSince')
    .lean();
  const byId = new Map(users.map((user) => [user._id.toString(), user]));
  const given = await readAccess(ctx, memberships);
  const people = memberships.flatMap(({ userId, ...place }): Compliance[] => {
    const user = byId.get(userId.toString());
    if (!user) return [];
    const { name, email } = user;
    return [
      {
        userId: userId.toString(),
        name,
        email,
        ...given(place),
        hasSecondFactor: Boolean(user.secondFactorSince),
      },
    ];
  });
  people.sort(
    (a, b) => Number(a.hasSecondFactor) - Number(b.hasSecondFactor) || a.name.localeCompare(b.name),
  );
  const { security } = organization;
  return {
    ...formOf(security),
    version: revisionOf(formOf(security)),
    requiredFrom: security?.requiredFrom?.toISOString() ?? null,
    people,
  };
}

/** The day from which it counts is set when the requirement is switched on, and kept while it stays on. */
export async function updateOrganizationSecurity(
  ctx: TenantContext,
  input: OrganizationSecurityInput,
  now = new Date(),
): Promise<void> {
  const _id = objectId(ctx.organizationId);
  const from = new Date(now.getTime() + input.graceDays * 86_400_000);
  const { requireSecondFactor, idleMinutes } = input;
  await auditedMasterWrite(ctx, async (session) => {
    const before = await organizationModel.findById(_id).select('security').session(session).orFail().lean();
    assertUnchanged(formOf(before.security), input.version);
    const kept = before.security?.requireSecondFactor ? before.security.requiredFrom : null;
    // A longer grace would let people put it off for ever; a shorter one counts at once.
    const requiredFrom = kept && kept < from ? kept : from;
    const security = { requireSecondFactor, idleMinutes, ...(requireSecondFactor ? { requiredFrom } : {}) };
    await organizationModel.updateOne({ _id }, { $set: { security } }, { session });
    noteChange<Record<string, unknown>>(
      ctx,
      { requireSecondFactor: false, idleMinutes: IDLE_MINUTES, ...before.security },
      security,
      ['requireSecondFactor', 'idleMinutes', 'requiredFrom'],
    );
  });
}

/**
 * For somebody who lost the phone, or whose factor is not theirs: ends their sessions here and says so by
 * mail. Somebody who works here alone loses every second factor. Somebody who also works elsewhere keeps them
 * for the other organizations: here the password opens alone, the old factors do not, and nothing else
 * changes; once every organization has done the same, they are removed.
 * @throws AppError NOT_FOUND, FORBIDDEN.
 */
export async function resetSecondFactor(ctx: TenantContext, userId: string, now = new Date()): Promise<void> {
  if (ctx.actor.kind !== 'staff') throw new AppError('FORBIDDEN', 'Only people can reset a second factor.');
  const id = objectId(userId, 'staff member');
  const places = await membershipModel
    .find({ userId: id })
    .select('organizationId role customRoleId factorsFrom')
    .lean();
  const here = places.find(({ organizationId }) => organizationId.toString() === ctx.organizationId);
  if (!here) throw notFoundError('staff member');
  const verdict = canManage(ctx.actor, { userId, ...(await readAccess(ctx, [here]))(here) });
  if (!verdict.allowed) throw new AppError('FORBIDDEN', verdict.reason);
  const user = await userModel
    .findById(id)
    .select('name email factorAddedAt secondFactorSince')
    .orFail()
    .lean();
  const isLast = places.every((place) => place === here || isFreed(place, user));
  await auditedMasterWrite(ctx, async (session) => {
    if (isLast) {
      await secondFactorModel.deleteOne({ _id: id }, { session });
      await passkeyModel.deleteMany({ userId: id }, { session });
      await userModel.updateOne(
        { _id: id },
        { $unset: { secondFactorSince: 1, factorAddedAt: 1 } },
        { session },
      );
      await membershipModel.updateMany({ userId: id }, { $unset: { factorsFrom: 1 } }, { session });
    } else await membershipModel.updateOne({ _id: here._id }, { $set: { factorsFrom: now } }, { session });
    await sessionModel.updateMany(
      { userId: id, revokedAt: null, ...(isLast ? {} : { organizationId: here.organizationId }) },
      { $set: { revokedAt: now } },
      { session },
    );
    await mailPerson(
      user,
      {
        subject: 'Your second factor was reset',
        paragraphs: [
          `${ctx.actor.name} reset the second factor of your account at Chakravue for ${ctx.organization.name} and ended your sessions there.`,
          isLast
            ? 'Sign in with your password and set a new one up.'
            : 'Sign in with your password there. Your other organizations still ask for your second factor; if it is lost, ask their owners to reset it too.',
        ],
      },
      session,
    );
  });
  wakeWorker();
}
