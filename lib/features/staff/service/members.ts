import 'server-only';
import type { ClientSession } from 'mongoose';
import { AppError, notFoundError } from '@/lib/errors';
import { wakeWorker } from '@/lib/jobs/queue';
import { masterTransaction } from '@/lib/master/connection';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { sessionModel } from '@/lib/master/models/session';
import type { StaffRole } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { staffModel } from '../model';
import { accessShrinks, canChangeRole, canEditProfile, canManage, type Verdict } from '../policy';
import { enqueueProjection, syncDirectory } from '../projection';
import type { StaffProfileInput } from '../schema';
import { releaseSeats } from '../seats';
import { actorOf } from './invitations';

type Member = {
  _id: unknown;
  userId: { toString(): string };
  role: StaffRole;
  status: 'active' | 'suspended';
};
type Place = { userId: ReturnType<typeof objectId>; organizationId: ReturnType<typeof objectId> };

/**
 * Changes one membership under the policy, then the directory. Both people's rows are written in one transaction, so
 * two owners who act on each other at the same moment cannot both succeed: one owner always stays.
 */
async function changeMember(
  ctx: TenantContext,
  userId: string,
  judge: (member: Member) => Verdict,
  change: (member: Member, place: Place, session: ClientSession) => Promise<void>,
): Promise<void> {
  const actor = actorOf(ctx);
  const memberships = await membershipModel();
  const organizationId = objectId(ctx.organizationId);
  const place = { userId: objectId(userId, 'staff member'), organizationId };
  await masterTransaction(async (session) => {
    const member = await memberships.findOne(place).session(session).lean();
    if (!member) throw notFoundError('staff member');
    const verdict = judge(member);
    if (!verdict.allowed) throw new AppError('FORBIDDEN', verdict.reason);
    const self = await memberships.updateOne(
      { userId: objectId(actor.userId), organizationId, role: actor.role, status: 'active' },
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

async function endSessions(place: Place, session: ClientSession): Promise<void> {
  await (await sessionModel()).updateMany(
    { ...place, revokedAt: null },
    { $set: { revokedAt: new Date() } },
    { session },
  );
}

/** If the owner whom the organization is registered with goes, the owner who acts takes the place. */
async function handOver(ctx: TenantContext, place: Place, session: ClientSession): Promise<void> {
  await (await organizationModel()).updateOne(
    { _id: place.organizationId, ownerId: place.userId },
    { $set: { ownerId: objectId(actorOf(ctx).userId) } },
    { session },
  );
}

/** @throws AppError NOT_FOUND, FORBIDDEN with the rule that forbids it. */
export async function changeRole(
  ctx: TenantContext,
  input: { userId: string; role: StaffRole },
): Promise<void> {
  const judge = (member: Member) =>
    canChangeRole(actorOf(ctx), { userId: input.userId, role: member.role }, input.role);
  await changeMember(ctx, input.userId, judge, async (member, place, session) => {
    await (await membershipModel()).updateOne(place, { $set: { role: input.role } }, { session });
    if (accessShrinks(member.role, input.role)) await endSessions(place, session);
    if (member.role === 'owner' && input.role !== 'owner') await handOver(ctx, place, session);
  });
}

/** Suspends or lets in again. The seat stays taken. @throws AppError NOT_FOUND, FORBIDDEN. */
export async function setSuspended(ctx: TenantContext, userId: string, isSuspended: boolean): Promise<void> {
  const judge = (member: Member) => canManage(actorOf(ctx), { userId, role: member.role });
  await changeMember(ctx, userId, judge, async (_member, place, session) => {
    const status = isSuspended ? ('suspended' as const) : ('active' as const);
    await (await membershipModel()).updateOne(place, { $set: { status } }, { session });
    if (isSuspended) await endSessions(place, session);
  });
}

/** Ends the membership and frees its seat; the person's name stays on old records. @throws AppError NOT_FOUND, FORBIDDEN. */
export async function removeMember(ctx: TenantContext, userId: string): Promise<void> {
  const judge = (member: Member) => canManage(actorOf(ctx), { userId, role: member.role });
  await changeMember(ctx, userId, judge, async (_member, place, session) => {
    await (await membershipModel()).deleteOne(place, { session });
    await releaseSeats(ctx.organizationId, 1, session);
    await endSessions(place, session);
    await handOver(ctx, place, session);
  });
}

/** What the clinic knows about a person: lives in the organization's own database only. @throws AppError NOT_FOUND. */
export async function updateStaffProfile(ctx: TenantContext, input: StaffProfileInput): Promise<void> {
  if (!canEditProfile(actorOf(ctx).role))
    throw new AppError('FORBIDDEN', 'Only owners and administrators can change staff.');
  const { userId, ...profile } = input;
  const updated = await staffModel(ctx).updateOne(
    { _id: objectId(userId, 'staff member'), hasLeft: false },
    { $set: profile },
  );
  if (updated.matchedCount !== 1) throw notFoundError('staff member');
}
