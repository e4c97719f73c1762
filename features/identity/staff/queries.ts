import 'server-only';
import { readAccess } from '@/features/identity/access/lookup';
import { readCustomRole } from '@/lib/auth/custom-role';
import { hashToken } from '@/lib/crypto/cipher';
import { notFoundError } from '@/lib/errors';
import { keyset } from '@/lib/keyset';
import { invitationModel } from '@/lib/master/models/invitation';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { objectId, op } from '@/lib/mongo';
import { STATE_ALLOWS } from '@/lib/organizations/policy';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Invitation, type StaffMember, toInvitation, toStaffMember } from './dto';
import { staffModel } from './model';
import { roleName, type Seats } from './policy';
import type { StaffListQuery } from './schema';
import { expireInvitations, getSeats } from './seats';

const PAGE_SIZE = 50;
const EXPIRED_SHOWN_DAYS = 30;

export type StaffPage = { members: StaffMember[]; before: string | null; after: string | null };

/** The staff by name, 50 a page; a malformed cursor means the first page. */
export async function listStaff(ctx: TenantContext, query: StaffListQuery): Promise<StaffPage> {
  const order = { field: 'name', kind: 'text', idKind: 'object-id' } as const;
  const page = keyset({ ...order, direction: query.sort === 'name' ? 1 : -1 }, query, PAGE_SIZE);
  const found = await staffModel(ctx)
    .find({ hasLeft: false, ...page.filter })
    .sort(page.sort)
    .limit(page.limit)
    .select('name email role seesPatients registrationNumber phone room')
    .lean();
  const { rows, before, after } = page.toPage(found, (row) => [row.name, row._id.toString()]);

  const ids = rows.map(({ _id }) => _id);
  const organizationId = objectId(ctx.organizationId);
  const [memberships, users] = await Promise.all([
    membershipModel
      .find({ userId: op({ $in: ids }), organizationId })
      .select('userId role customRoleId status branchIds')
      .lean(),
    userModel
      .find({ _id: op({ $in: ids }) })
      .select('lastSignInAt')
      .lean(),
  ]);
  const given = await readAccess(ctx, memberships);
  const access = new Map(
    memberships.map((row) => [row.userId.toString(), { ...given(row), ...placeOf(row) }]),
  );
  const lastSignIn = new Map(users.map((row) => [row._id.toString(), row.lastSignInAt]));
  const members = rows.map((row) =>
    toStaffMember(row, access.get(row._id.toString()), lastSignIn.get(row._id.toString())),
  );

  return { members, before, after };
}

type Place = { status: 'active' | 'suspended'; branchIds?: readonly { toString(): string }[] | null };
const placeOf = ({ status, branchIds }: Place) => ({ status, branchIds: branchIds?.map(String) ?? [] });

/** One person for the edit form. @throws AppError NOT_FOUND, also for people of other organizations. */
export async function getStaffMember(ctx: TenantContext, userId: string): Promise<StaffMember> {
  const id = objectId(userId, 'staff member');
  const [row, membership, user] = await Promise.all([
    staffModel(ctx).findOne({ _id: id, hasLeft: false }).lean(),
    membershipModel
      .findOne({ userId: id, organizationId: objectId(ctx.organizationId) })
      .select('role customRoleId status branchIds')
      .lean(),
    userModel.findById(id).select('lastSignInAt').lean(),
  ]);
  if (!row || !membership) throw notFoundError('staff member');
  const given = (await readAccess(ctx, [membership]))(membership);
  return toStaffMember(row, { ...given, ...placeOf(membership) }, user?.lastSignInAt);
}

/** Open invitations, then those that ran out in the last 30 days, newest first. At most 200. */
export async function listInvitations(ctx: TenantContext, now = new Date()): Promise<Invitation[]> {
  await expireInvitations(ctx.organizationId, now);
  const organizationId = objectId(ctx.organizationId);
  const since = new Date(now.getTime() - EXPIRED_SHOWN_DAYS * 86_400_000);
  const fields = 'name email role customRoleId status expiresAt createdAt';
  const [pending, expired] = await Promise.all([
    invitationModel
      .find({ organizationId, status: 'pending' })
      .sort({ createdAt: -1 })
      .limit(200)
      .select(fields)
      .lean(),
    invitationModel
      .find({ organizationId, status: 'expired', createdAt: op({ $gte: since }) })
      .sort({ createdAt: -1 })
      .limit(20)
      .select(fields)
      .lean(),
  ]);
  const rows = [...pending, ...expired];
  const given = await readAccess(ctx, rows);
  return rows.map((row) => toInvitation(row, given(row)));
}

/** How many staff accounts are taken, open invitations included. */
export async function getSeatUsage(ctx: TenantContext, now = new Date()): Promise<Seats> {
  await expireInvitations(ctx.organizationId, now);
  return getSeats(ctx.organizationId);
}

export type InvitationOffer = {
  organizationName: string;
  role: string;
  name: string;
  email: string;
  hasAccount: boolean;
};

/**
 * What the holder of an invitation link sees; null for a wrong, used, revoked or old link: they all look the
 * same.
 */
export async function findInvitationOffer(token: string, now = new Date()): Promise<InvitationOffer | null> {
  const invitation = await invitationModel.findOne({ tokenHash: hashToken(token) }).lean();
  if (invitation?.status !== 'pending' || invitation.expiresAt <= now) return null;
  const [organization, user] = await Promise.all([
    organizationModel.findById(invitation.organizationId).select('organizationName status plan').lean(),
    userModel.exists({ emailKey: invitation.emailKey }),
  ]);
  if (!organization || !STATE_ALLOWS[organization.status].signIn) return null;
  const { name, email, organizationId, customRoleId } = invitation;
  const customRole = customRoleId
    ? await readCustomRole(customRoleId, organizationId, organization.plan)
    : null;
  return {
    organizationName: organization.organizationName,
    role: roleName({ role: invitation.role, customRole }),
    name,
    email,
    hasAccount: Boolean(user),
  };
}
