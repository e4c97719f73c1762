import 'server-only';
import type { ClientSession } from 'mongoose';
import { accessOf, chooseRole, readAccess } from '@/features/identity/access/lookup';
import { accessShrinks, canDefine, canGive, canManage, ROLE_LABEL } from '@/features/identity/staff/policy';
import { syncDirectory } from '@/features/identity/staff/projection';
import { endSessions } from '@/features/identity/staff/service/sessions';
import { requireEntitlement } from '@/features/subscription/entitlements/service';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { type Access, GRANTABLE, type Permission, readPermissions } from '@/lib/auth/permissions';
import { AppError, notFoundError } from '@/lib/errors';
import { customRoleModel } from '@/lib/master/models/custom-role';
import { invitationModel } from '@/lib/master/models/invitation';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import type { StaffRole } from '@/lib/master/vocabulary';
import { newObjectId, objectId } from '@/lib/mongo';
import { enqueueProjection } from '@/lib/organizations/projection';
import type { TenantContext } from '@/lib/tenancy/context';
import { wakeWorker } from '@/lib/work/queue';
import { ALWAYS, MAX_CUSTOM_ROLES, neededFor, PERMISSION_LABEL } from './policy';
import type { CreateRoleInput, DeleteRoleInput, UpdateRoleInput } from './schema';

type Definition = { name: string; baseRole: StaffRole; permissions: readonly Permission[] };
type Id = ReturnType<typeof newObjectId>;

/** One entry for each permission that came or went, so that the log says all of it. */
function noteDefinition(ctx: TenantContext, before: Definition | null, after: Definition | null): void {
  const flat = (one: Definition | null): Record<string, string> | null =>
    one && {
      name: one.name,
      baseRole: one.baseRole,
      ...Object.fromEntries(one.permissions.map((permission) => [permission, 'allowed'])),
    };
  noteChange(ctx, flat(before), flat(after), ['name', 'baseRole', ...GRANTABLE]);
}

/**
 * @throws AppError INVALID_INPUT when something is asked for that no custom role may hold, or that would not
 * work.
 */
function parsePermissions(names: readonly string[]): Permission[] {
  const permissions = readPermissions(names);
  if (names.some((name) => !permissions.some((one) => one === name)))
    throw new AppError(
      'INVALID_INPUT',
      'A custom role cannot hold what is left to owners. Nothing was saved.',
    );
  if (!permissions.includes(ALWAYS))
    throw new AppError('INVALID_INPUT', `Each role includes “${PERMISSION_LABEL[ALWAYS]}”.`);
  for (const one of permissions) {
    const needed = neededFor(one);
    if (needed && !permissions.includes(needed)) {
      throw new AppError(
        'INVALID_INPUT',
        `“${PERMISSION_LABEL[one]}” does not work without “${PERMISSION_LABEL[needed]}”. Allow both or neither.`,
      );
    }
  }
  return permissions;
}

/** Nobody gives what they do not hold. @throws AppError FORBIDDEN. */
function assertMayDefine(actor: Access, before: Definition | null, after: Definition): void {
  const asAccess = (one: Definition): Access => ({ role: one.baseRole, customRole: one });
  const verdict = canDefine(actor, before && asAccess(before), asAccess(after));
  if (!verdict.allowed) throw new AppError('FORBIDDEN', verdict.reason);
}

/**
 * Everybody who defines roles writes the organization's row first: one after the other, the name is free and
 * the number kept. A unique index would not let a name be used again that a role gave up.
 */
async function takeTurn(organizationId: Id, session: ClientSession): Promise<void> {
  await organizationModel.updateOne(
    { _id: organizationId },
    { $set: { updatedAt: new Date() } },
    { session },
  );
}

async function assertNameFree(
  organizationId: Id,
  name: string,
  own: Id | null,
  session: ClientSession,
): Promise<string> {
  const nameKey = name.toLowerCase();
  const same = await customRoleModel
    .findOne({ organizationId, nameKey })
    .select('_id')
    .session(session)
    .lean();
  const isBuiltIn = Object.values(ROLE_LABEL).some((label) => label.toLowerCase() === nameKey);
  if (isBuiltIn || (same && !(own && same._id.equals(own))))
    throw new AppError('CONFLICT', 'There is a role of this name already.', { field: 'name' });
  return nameKey;
}

/**
 * Defines a role on the base of a built-in one.
 * @throws AppError PAYMENT_REQUIRED, INVALID_INPUT, FORBIDDEN (more than the person may do), CONFLICT (name),
 * LIMIT_REACHED.
 */
export async function createRole(ctx: TenantContext, input: CreateRoleInput): Promise<{ id: string }> {
  requireEntitlement(ctx, 'custom-roles');
  const actor = accessOf(ctx);
  const { name, baseRole } = input;
  if (baseRole === 'owner')
    throw new AppError('FORBIDDEN', 'A custom role cannot stand on the role of owners.', {
      field: 'baseRole',
    });
  const after: Definition = { name, baseRole, permissions: parsePermissions(input.permissions) };
  assertMayDefine(actor, null, after);
  const organizationId = objectId(ctx.organizationId);
  const _id = newObjectId();
  await auditedMasterWrite(ctx, async (session) => {
    await takeTurn(organizationId, session);
    if ((await customRoleModel.countDocuments({ organizationId }).session(session)) >= MAX_CUSTOM_ROLES) {
      throw new AppError(
        'LIMIT_REACHED',
        `An organization can have ${MAX_CUSTOM_ROLES} custom roles. Delete one that nobody needs first.`,
      );
    }
    const nameKey = await assertNameFree(organizationId, name, null, session);
    const permissions = [...after.permissions];
    await customRoleModel.create([{ _id, organizationId, name, nameKey, baseRole, permissions }], {
      session,
    });
    ctx.audit?.about(`role:${_id}`);
    noteDefinition(ctx, null, after);
  });
  return { id: _id.toString() };
}

/**
 * Renames a role and changes what it opens; counts at the next request of everybody who has it.
 * @throws AppError as createRole, NOT_FOUND, CONFLICT when somebody changed it meanwhile.
 */
export async function updateRole(ctx: TenantContext, input: UpdateRoleInput): Promise<void> {
  requireEntitlement(ctx, 'custom-roles');
  const actor = accessOf(ctx);
  const permissions = parsePermissions(input.permissions);
  const organizationId = objectId(ctx.organizationId);
  const mine = { _id: objectId(input.roleId, 'role'), organizationId };
  await auditedMasterWrite(ctx, async (session) => {
    await takeTurn(organizationId, session);
    const role = await customRoleModel.findOne(mine).session(session).lean();
    if (!role) throw notFoundError('role');
    const { name, baseRole } = role;
    const before: Definition = { name, baseRole, permissions: readPermissions(role.permissions) };
    const after: Definition = { name: input.name, baseRole, permissions };
    assertMayDefine(actor, before, after);
    const nameKey = await assertNameFree(organizationId, input.name, role._id, session);
    const { matchedCount } = await customRoleModel.updateOne(
      { ...mine, revision: input.version },
      { $set: { name: input.name, nameKey, permissions }, $inc: { revision: 1 } },
      { session },
    );
    if (matchedCount !== 1)
      throw new AppError(
        'CONFLICT',
        'A colleague has changed this role meanwhile. Nothing was overwritten, and what you chose is still here.',
      );
    noteDefinition(ctx, before, after);
  });
}

const holdersText = (members: number, invitations: number): string =>
  [
    ...(members > 0 ? [members === 1 ? '1 person' : `${members} people`] : []),
    ...(invitations > 0 ? [invitations === 1 ? '1 open invitation' : `${invitations} open invitations`] : []),
  ].join(' and ');

/**
 * Deletes a role that nobody has, or moves those who have it to another one first: all or nothing.
 * @throws AppError CONFLICT naming how many have it, NOT_FOUND, FORBIDDEN.
 */
export async function deleteRole(ctx: TenantContext, input: DeleteRoleInput): Promise<{ moved: number }> {
  requireEntitlement(ctx, 'custom-roles');
  const actor = accessOf(ctx);
  const organizationId = objectId(ctx.organizationId);
  const customRoleId = objectId(input.roleId, 'role');
  const moved = await auditedMasterWrite(ctx, async (session) => {
    await takeTurn(organizationId, session);
    const role = await customRoleModel.findOne({ _id: customRoleId, organizationId }).session(session).lean();
    if (!role) throw notFoundError('role');
    const { name, baseRole } = role;
    const before: Definition = { name, baseRole, permissions: readPermissions(role.permissions) };
    assertMayDefine(actor, before, before);
    const held = { organizationId, customRoleId };
    const members = await membershipModel.find(held).select('userId').session(session).lean();
    const invited = { ...held, status: 'pending' as const };
    const open = await invitationModel.countDocuments(invited).session(session);
    const userIds = members.map(({ userId }) => userId.toString());
    if (members.length + open > 0) {
      if (!input.moveTo || input.moveTo === input.roleId) {
        throw new AppError(
          'CONFLICT',
          `${holdersText(members.length, open)} still ${members.length + open === 1 ? 'has' : 'have'} this role. Choose which role they get instead.`,
          { field: 'moveTo' },
        );
      }
      const from = (await readAccess(ctx, [{ role: baseRole, customRoleId }], session))({
        role: baseRole,
        customRoleId,
      });
      const to = await chooseRole(ctx, input.moveTo, session);
      const mayGive = canGive(actor, to);
      if (!mayGive.allowed) throw new AppError('FORBIDDEN', mayGive.reason, { field: 'moveTo' });
      for (const userId of userIds) {
        const verdict = canManage(actor, { userId, ...from });
        if (!verdict.allowed) throw new AppError('FORBIDDEN', verdict.reason);
      }
      const $set = { role: to.role, customRoleId: to.customRoleId };
      await membershipModel.updateMany(held, { $set }, { session });
      await invitationModel.updateMany(invited, { $set }, { session });
      for (const userId of userIds) {
        if (accessShrinks(from, to)) await endSessions({ organizationId, userId: objectId(userId) }, session);
        await enqueueProjection(ctx.organizationId, userId, session);
      }
    }
    await customRoleModel.deleteOne({ _id: customRoleId, organizationId }, { session });
    noteDefinition(ctx, before, null);
    return userIds;
  });
  wakeWorker();
  for (const userId of moved) await syncDirectory(ctx.db, userId);
  return { moved: moved.length };
}
