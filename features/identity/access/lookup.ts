import 'server-only';
import type { ClientSession } from 'mongoose';
import { requireEntitlement } from '@/features/subscription/entitlements/service';
import { type CustomRole, toCustomRole } from '@/lib/auth/custom-role';
import type { Access } from '@/lib/auth/permissions';
import { AppError, notFoundError } from '@/lib/errors';
import { customRoleModel } from '@/lib/master/models/custom-role';
import { STAFF_ROLES, type StaffRole } from '@/lib/master/vocabulary';
import { type newObjectId, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';

type Id = ReturnType<typeof newObjectId>;
type Held = { role: StaffRole; customRoleId?: Id | null | undefined };
type Place = Pick<TenantContext, 'organizationId' | 'organization'>;

/** What somebody with a built-in role, or with the custom role on it, is and may do. */
export type Given = Access & { customRole: CustomRole | null };

/**
 * Reads the custom roles of memberships and invitations at once, as they count now. One that is gone opens
 * nothing.
 */
export async function readAccess(
  ctx: Place,
  rows: readonly Held[],
  session?: ClientSession,
): Promise<(row: Held) => Given> {
  const ids = rows.flatMap(({ customRoleId }) => customRoleId ?? []);
  const found =
    ids.length === 0
      ? []
      : await customRoleModel
          .find({ _id: op({ $in: ids }), organizationId: objectId(ctx.organizationId) })
          .select('name baseRole permissions')
          .session(session ?? null)
          .lean();
  const roles = new Map(found.map((row) => [row._id.toString(), toCustomRole(row, ctx.organization.plan)]));
  return ({ role, customRoleId }) => {
    if (!customRoleId) return { role, customRole: null };
    const id = customRoleId.toString();
    return { role, customRole: roles.get(id) ?? { id, name: 'Deleted role', permissions: [] } };
  };
}

/** A role that a form offers: the built-in role's name or the custom role's id, and how it is shown. */
export type RoleChoice = { value: string; label: string; hint: string };

export type Chosen = Given & { customRoleId: Id | null };

/**
 * What a form's choice means: the name of a built-in role or the id of a custom one. Writes the custom role's
 * row, so that a person who deletes it at the same moment is asked again.
 * @throws AppError NOT_FOUND for a role that is not this organization's, PAYMENT_REQUIRED where the plan has
 * none.
 */
export async function chooseRole(ctx: Place, choice: string, session: ClientSession | null): Promise<Chosen> {
  const builtIn = STAFF_ROLES.find((role) => role === choice);
  if (builtIn) return { role: builtIn, customRole: null, customRoleId: null };
  requireEntitlement(ctx, 'custom-roles');
  const customRoleId = objectId(choice, 'role');
  const organizationId = objectId(ctx.organizationId);
  const row = await holdRole(organizationId, customRoleId, session);
  if (!row) throw notFoundError('role');
  return { role: row.baseRole, customRole: toCustomRole(row, ctx.organization.plan), customRoleId };
}

/** Keeps a role from being deleted until the transaction that gives it is through; null when it is gone. */
export async function holdRole(organizationId: Id, customRoleId: Id, session: ClientSession | null) {
  return customRoleModel
    .findOneAndUpdate(
      { _id: customRoleId, organizationId },
      { $set: { givenAt: new Date() } },
      { session, returnDocument: 'after' },
    )
    .lean();
}

/**
 * The person who asks, with what they may do themselves.
 * @throws AppError FORBIDDEN for anything but a person.
 */
export function accessOf(ctx: TenantContext): Access & { userId: string; name: string } {
  if (ctx.actor.kind !== 'staff') throw new AppError('FORBIDDEN', 'Only staff can do this.');
  return ctx.actor;
}
