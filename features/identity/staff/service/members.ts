import 'server-only';
import type { ClientSession } from 'mongoose';
import { accessOf, type Chosen, chooseRole, type Given, readAccess } from '@/features/identity/access/lookup';
import { auditedMasterWrite, auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { enqueueProjection } from '@/lib/organizations/projection';
import { assertUnchanged } from '@/lib/revision';
import { seesEverywhere } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Verdict } from '@/lib/verdict';
import { wakeWorker } from '@/lib/work/queue';
import { branchesOfMember, profileOf, roleOf } from '../dto';
import { staffModel } from '../model';
import { accessShrinks, canChangeRole, canEditProfile, canManage, roleName } from '../policy';
import { syncDirectory } from '../projection';
import type { ChangeRoleInput, StaffBranchesInput, StaffProfileInput } from '../schema';
import { releaseSeats } from '../seats';
import { endSessions, type MembershipKey } from './sessions';

/** Somebody of the organization, with what they may do now. */
type Member = Given & { userId: string; status: 'active' | 'suspended'; branchIds: string[] };

/**
 * Changes one membership under the policy, then the directory. Both people's rows are written in one
 * transaction, so two owners who act on each other at the same moment cannot both succeed: one owner always
 * stays.
 */
async function changeMember(
  ctx: TenantContext,
  userId: string,
  judge: (member: Member, session: ClientSession) => Verdict | Promise<Verdict>,
  change: (member: Member, place: MembershipKey, session: ClientSession) => Promise<void>,
): Promise<void> {
  const actor = accessOf(ctx);
  const organizationId = objectId(ctx.organizationId);
  const place = { userId: objectId(userId, 'staff member'), organizationId };
  const ownRole =
    ctx.actor.kind === 'staff' && ctx.actor.customRole ? objectId(ctx.actor.customRole.id) : null;
  await auditedMasterWrite(ctx, async (session) => {
    const row = await membershipModel.findOne(place).session(session).lean();
    if (!row) throw notFoundError('staff member');
    const member = {
      ...{ userId, status: row.status, branchIds: row.branchIds?.map(String) ?? [] },
      ...(await readAccess(ctx, [row], session))(row),
    };
    const verdict = await judge(member, session);
    if (!verdict.allowed) throw new AppError('FORBIDDEN', verdict.reason);
    const self = await membershipModel.updateOne(
      {
        userId: objectId(actor.userId),
        organizationId,
        role: actor.role,
        customRoleId: ownRole,
        status: 'active',
      },
      { $set: { updatedAt: new Date() } },
      { session },
    );
    if (self.matchedCount !== 1)
      throw new AppError('FORBIDDEN', 'Your own access has just changed. Nothing was saved.');
    await change(member, place, session);
    await enqueueProjection(ctx.organizationId, userId, session);
  });
  wakeWorker();
  await syncDirectory(ctx.db, userId);
}

/** If the owner whom the organization is registered with goes, the owner who acts takes the place. */
async function handOver(ctx: TenantContext, place: MembershipKey, session: ClientSession): Promise<void> {
  await organizationModel.updateOne(
    { _id: place.organizationId, ownerId: place.userId },
    { $set: { ownerId: objectId(accessOf(ctx).userId) } },
    { session },
  );
}

/**
 * Gives another role: a built-in one by its name, a custom one by its id.
 * @throws AppError NOT_FOUND, FORBIDDEN with the rule that forbids it, PAYMENT_REQUIRED, CONFLICT.
 */
export async function changeRole(ctx: TenantContext, input: ChangeRoleInput): Promise<void> {
  let chosen: Chosen | undefined;
  const judge = async (member: Member, session: ClientSession) => {
    assertUnchanged(roleOf(member), input.version);
    chosen = await chooseRole(ctx, input.role, session);
    return canChangeRole(accessOf(ctx), member, chosen);
  };
  await changeMember(ctx, input.userId, judge, async (member, place, session) => {
    if (!chosen) return;
    const { role, customRoleId } = chosen;
    await membershipModel.updateOne(place, { $set: { role, customRoleId } }, { session });
    if (accessShrinks(member, chosen)) await endSessions(place, session);
    if (member.role === 'owner' && role !== 'owner') await handOver(ctx, place, session);
    noteChange(ctx, { role: roleName(member) }, { role: roleName(chosen) }, ['role']);
  });
}

/**
 * Keeps somebody to some branches, or to none of them: they may work everywhere. It counts at their next
 * request.
 * @throws AppError NOT_FOUND, FORBIDDEN also for a branch that the actor may not work at, CONFLICT.
 */
export async function assignBranches(ctx: TenantContext, input: StaffBranchesInput): Promise<void> {
  const mine = new Set(ctx.ownBranches.map(({ id }) => id));
  const isKept = !seesEverywhere(ctx);
  const judge = (member: Member) => {
    assertUnchanged(branchesOfMember(member.branchIds), input.version);
    const chosen = input.branchIds;
    if (chosen.some((id) => !ctx.branches.some((one) => one.id === id))) throw notFoundError('branch');
    if (isKept && (chosen.length === 0 || chosen.some((id) => !mine.has(id))))
      throw new AppError('FORBIDDEN', 'You can choose only branches that you work at yourself.');
    return canManage(accessOf(ctx), member);
  };
  await changeMember(ctx, input.userId, judge, async (member, place, session) => {
    const ids = input.branchIds.map((id) => objectId(id, 'branch'));
    await membershipModel.updateOne(
      place,
      ids.length > 0 ? { $set: { branchIds: ids } } : { $unset: { branchIds: '' } },
      { session },
    );
    const named = (chosen: readonly string[]) => ({
      branches:
        ctx.branches
          .filter(({ id }) => chosen.includes(id))
          .map(({ name }) => name)
          .join(', ') || 'All branches',
    });
    noteChange(ctx, named(member.branchIds), named(input.branchIds), ['branches']);
  });
}

/** Suspends or lets in again. The seat stays taken. @throws AppError NOT_FOUND, FORBIDDEN. */
export async function setSuspended(ctx: TenantContext, userId: string, isSuspended: boolean): Promise<void> {
  const judge = (member: Member) => canManage(accessOf(ctx), member);
  await changeMember(ctx, userId, judge, async (member, place, session) => {
    const status = isSuspended ? ('suspended' as const) : ('active' as const);
    await membershipModel.updateOne(place, { $set: { status } }, { session });
    noteChange(ctx, { status: member.status }, { status }, ['status']);
    if (isSuspended) await endSessions(place, session);
  });
}

/**
 * Ends the membership and frees its seat; the person's name stays on old records.
 * @throws AppError NOT_FOUND, FORBIDDEN.
 */
export async function removeMember(ctx: TenantContext, userId: string): Promise<void> {
  const judge = (member: Member) => canManage(accessOf(ctx), member);
  await changeMember(ctx, userId, judge, async (_member, place, session) => {
    await membershipModel.deleteOne(place, { session });
    await releaseSeats(ctx.organizationId, 1, session);
    await endSessions(place, session);
    await handOver(ctx, place, session);
  });
}

/**
 * What the clinic knows about a person: lives in the organization's own database only.
 * @throws AppError NOT_FOUND, CONFLICT.
 */
export async function updateStaffProfile(ctx: TenantContext, input: StaffProfileInput): Promise<void> {
  if (!canEditProfile(accessOf(ctx)))
    throw new AppError('FORBIDDEN', 'Your role does not let you change staff.');
  const { userId, version, ...profile } = input;
  const _id = objectId(userId, 'staff member');
  await auditedWrite(ctx, async (session) => {
    const before = await staffModel(ctx)
      .findOneAndUpdate({ _id, hasLeft: false }, { $set: profile }, { session })
      .lean();
    if (!before) throw notFoundError('staff member');
    assertUnchanged(profileOf(before), version);
    noteChange<Record<string, unknown>>(ctx, before, profile, [
      'registrationNumber',
      'room',
      'phone',
      'seesPatients',
    ]);
  });
}
