import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staffModel } from '@/features/identity/staff/model';
import { findInvitationOffer, listInvitations, listStaff } from '@/features/identity/staff/queries';
import {
  inviteStaff,
  resendInvitation,
  revokeInvitation,
} from '@/features/identity/staff/service/invitations';
import { joinAsNew } from '@/features/identity/staff/service/join';
import { changeRole, setSuspended } from '@/features/identity/staff/service/members';
import { seatOf } from '@/lib/actions/seat';
import { auditEventModel } from '@/lib/audit/ledger';
import { recordAudit } from '@/lib/audit/record';
import { renewStoredPermissions, toCustomRole } from '@/lib/auth/custom-role';
import type { Permission } from '@/lib/auth/permissions';
import { readPrincipal } from '@/lib/auth/principal';
import { signIn } from '@/lib/auth/sign-in';
import { customRoleModel } from '@/lib/master/models/custom-role';
import { invitationModel } from '@/lib/master/models/invitation';
import { jobModel } from '@/lib/master/models/job';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import type { PlanId } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { changesOf } from '@/tests/assertions/entries';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { getCustomRole, listCustomRoles, listRoleChoices } from './queries';
import { createRole, deleteRole, updateRole } from './service';

type Organization = Awaited<ReturnType<typeof testOrganization>>;
let a: Organization;
let b: Organization;
let owner: TenantContext;

beforeAll(async () => {
  a = await testOrganization({ plan: 'professional', maxUsers: null });
  b = await testOrganization({ plan: 'professional', maxUsers: null });
  owner = a.ctx('owner');
});
afterAll(async () => {
  await a.dispose();
  await b.dispose();
  await closeConnections();
});

const DESK: Permission[] = ['today:read', 'patients:read', 'reports:read'];
let serial = 0;
async function aRole(permissions: Permission[] = DESK, ctx = owner) {
  const name = `Role ${++serial}`;
  return { ...(await createRole(ctx, { name, baseRole: 'receptionist', permissions })), name };
}

/** Somebody with the role, and a session that was opened before whatever a test does next. */
async function aHolder(roleId: string) {
  const person = await a.addStaff('receptionist', `Holder ${++serial}`);
  await changeRole(owner, { userId: person.id, role: roleId });
  const session = await signIn(
    { email: person.email, password: TEST_PASSWORD },
    { ip: '10.0.0.9', userAgent: 'test' },
  );
  return { ...person, session };
}

/** What the gates let the holder of a session do now. */
async function rights(session: { id: string; sessionId: string }): Promise<(one: Permission) => boolean> {
  const seat = seatOf(await readPrincipal(session));
  return seat ? seat.can : () => false;
}

/** A context as the gate would mint it for somebody with this role of the organization. */
async function as(roleId: string, userId: string): Promise<TenantContext> {
  const row = await customRoleModel.findById(objectId(roleId)).orFail().lean();
  const customRole = toCustomRole(row, 'professional');
  const ctx = a.ctx('receptionist');
  return {
    ...ctx,
    actor: { kind: 'staff', userId, name: 'Holder', email: 'h@h.test', role: row.baseRole, customRole },
    can: (permission) => customRole.permissions.includes(permission),
  };
}

const onPlan = async (plan: PlanId) =>
  organizationModel.updateOne({ _id: objectId(a.organizationId) }, { $set: { plan } });

describe('a custom role', () => {
  it('is what the log names its holder by', async () => {
    const role = await aRole();
    const ctx = await as(role.id, a.owner.id);
    await recordAudit(ctx, { action: 'custom-role.named' });
    const entry = await auditEventModel(ctx).findOne({ action: 'custom-role.named' }).lean();
    expect(entry?.actor.role).toBe(role.name);
  });

  it('opens what it lists and nothing else of its base, and a change counts at the next request', async () => {
    const role = await aRole();
    const { session } = await aHolder(role.id);
    const first = await rights(session);
    expect(['today:read', 'patients:read', 'reports:read'].every((one) => first(one as Permission))).toBe(
      true,
    );
    expect(first('queue:read')).toBe(false);
    expect(first('patients:write')).toBe(false);

    const permissions: Permission[] = ['today:read', 'queue:read'];
    await updateRole(owner, { roleId: role.id, version: 1, name: role.name, permissions });
    const now = await rights(session);
    expect(now('queue:read')).toBe(true);
    expect(now('reports:read')).toBe(false);
    expect(now('patients:read')).toBe(false);
  });

  it('falls back to what it shares with its base after a downgrade, and comes back with the plan', async () => {
    const { session } = await aHolder((await aRole()).id);
    try {
      await onPlan('starter');
      const less = await rights(session);
      expect(less('patients:read')).toBe(true);
      expect(less('reports:read')).toBe(false);
      expect(less('queue:read')).toBe(false);
    } finally {
      await onPlan('professional');
    }
    expect((await rights(session))('reports:read')).toBe(true);
  });

  it('opens nothing when it is gone, when it is of others, or for names that the product dropped', async () => {
    const holder = await aHolder((await aRole()).id);
    const place = { userId: objectId(holder.id), organizationId: objectId(a.organizationId) };
    const foreign = await aRole(DESK, b.ctx('owner'));
    await membershipModel.updateOne(place, { $set: { customRoleId: objectId(foreign.id) } });
    expect((await rights(holder.session))('today:read')).toBe(false);
    const { id } = await aRole();
    await customRoleModel.updateOne(
      { _id: objectId(id) },
      { $set: { permissions: ['today:read', 'xray:read', 'billing:write'] } },
    );
    await membershipModel.updateOne(place, { $set: { customRoleId: objectId(id) } });
    const may = await rights(holder.session);
    expect([may('today:read'), may('billing:write')]).toEqual([true, false]);
    expect((await getCustomRole(owner, id)).permissions).toEqual(['today:read']);
    await deleteRole(owner, { roleId: id, moveTo: 'receptionist' });
  });

  it('keeps what it allowed under a name of before, once and for good', async () => {
    const { id } = await aRole();
    const stored = () => customRoleModel.findById(objectId(id)).select('permissions').orFail().lean();
    const write = (permissions: string[]) =>
      customRoleModel.updateOne({ _id: objectId(id) }, { $set: { permissions } });
    await write(['today:read', 'purchases:read', 'purchases:approve', 'bills:read', 'expenses:write']);
    await renewStoredPermissions();
    await renewStoredPermissions();
    const { permissions } = await stored();
    expect([...permissions].sort()).toEqual([
      ...['bills:read', 'expenses:read', 'expenses:write'],
      ...['purchase-approvals:write', 'purchases:read', 'today:read'],
    ]);
    expect((await getCustomRole(owner, id)).permissions).toContain('purchase-approvals:write');
    await write(['today:read', 'queue:read']);
    await renewStoredPermissions();
    expect((await stored()).permissions).toEqual(['today:read', 'queue:read']);
    await deleteRole(owner, { roleId: id, moveTo: 'receptionist' });
  });

  it('is not to be had on Starter', async () => {
    const ctx = { ...owner, organization: { ...owner.organization, plan: 'starter' as const } };
    const { id } = await aRole();
    await expect(aRole(DESK, ctx)).rejects.toMatchObject({ code: 'PAYMENT_REQUIRED' });
    await expect(
      updateRole(ctx, { roleId: id, version: 1, name: 'Other', permissions: ['today:read'] }),
    ).rejects.toMatchObject({ code: 'PAYMENT_REQUIRED' });
    const person = await a.addStaff('receptionist', 'On Starter');
    await expect(changeRole(ctx, { userId: person.id, role: id })).rejects.toMatchObject({
      code: 'PAYMENT_REQUIRED',
    });
    expect((await listRoleChoices(ctx)).some(({ value }) => value === id)).toBe(false);
  });
});

describe('nobody gives more than they hold', () => {
  it('and never what is left to owners', async () => {
    for (const one of ['billing:write', 'organization:close', 'support-access:manage', 'nonsense']) {
      await expect(aRole(['today:read', one as Permission])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
    await expect(aRole(['patients:read'])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(aRole(['today:read', 'patients:write'])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(
      createRole(owner, { name: 'Second owner', baseRole: 'owner', permissions: ['today:read'] }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('when defining: the holder of a role cannot widen it, an administrator cannot make administrators', async () => {
    const definer = await aRole(['today:read', 'patients:read', 'settings:read', 'roles:write']);
    const holder = await aHolder(definer.id);
    const ctx = await as(definer.id, holder.id);
    const widen = { roleId: definer.id, version: 1, name: definer.name };
    for (const extra of ['reports:read', 'staff:read'] as const) {
      const permissions: Permission[] = ['today:read', 'settings:read', 'roles:write', extra];
      await expect(updateRole(ctx, { ...widen, permissions })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    await expect(aRole(['today:read', 'reports:read'], ctx)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await aRole(['today:read', 'patients:read'], ctx);

    const admin = a.ctx('admin');
    const staffing: Permission[] = ['today:read', 'staff:read', 'staff:write'];
    await expect(aRole(staffing, admin)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await aRole(staffing);
    expect((await getCustomRole(owner, definer.id)).permissions).toContain('roles:write');
    expect((await getCustomRole(owner, definer.id)).revision).toBe(1);
  });

  it('when giving: by change, by invitation, by sending an invitation again', async () => {
    const lead = await aRole(['today:read', 'patients:read', 'staff:read', 'staff:write']);
    const wide = await aRole(['today:read', 'reports:read']);
    const narrow = await aRole(['today:read', 'patients:read']);
    const holder = await aHolder(lead.id);
    const other = await a.addStaff('receptionist', 'Other');
    const ctx = await as(lead.id, holder.id);
    for (const role of ['admin', 'doctor', 'receptionist', wide.id, lead.id]) {
      await expect(changeRole(ctx, { userId: other.id, role })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      const input = { name: 'New', email: `x${++serial}@hospital.test`, role };
      await expect(inviteStaff(ctx, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    await expect(changeRole(ctx, { userId: holder.id, role: narrow.id })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const { id } = await inviteStaff(owner, {
      name: 'New',
      email: `y${++serial}@hospital.test`,
      role: wide.id,
    });
    const later = new Date(Date.now() + 120_000);
    await expect(resendInvitation(ctx, id, later)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(revokeInvitation(ctx, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await changeRole(ctx, { userId: other.id, role: narrow.id });
    expect((await listRoleChoices(ctx)).map(({ value }) => value)).toContain(narrow.id);
    expect((await listRoleChoices(ctx)).map(({ value }) => value)).not.toContain(wide.id);
    // An administrator does not manage who decides about others.
    await a.addStaff('admin', 'Real admin').then(async (admin) => {
      const asAdmin = { ...a.ctx('admin'), actor: { ...a.ctx('admin').actor, userId: admin.id } as never };
      await expect(setSuspended(asAdmin, holder.id, true)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(changeRole(asAdmin, { userId: other.id, role: lead.id })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    });
    // Whose own role was changed a moment ago acts no more with the old one.
    await changeRole(owner, { userId: holder.id, role: narrow.id });
    await expect(changeRole(ctx, { userId: other.id, role: narrow.id })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('a role of another organization', () => {
  it('answers as one that does not exist, at every way in', async () => {
    const foreign = await aRole(DESK, b.ctx('owner'));
    const person = await a.addStaff('receptionist', 'Somebody');
    for (const roleId of [foreign.id, '0'.repeat(24), 'nonsense']) {
      const missing = { code: 'NOT_FOUND', message: 'We could not find that role.' };
      const permissions: Permission[] = ['today:read'];
      await expect(getCustomRole(owner, roleId)).rejects.toMatchObject(missing);
      await expect(
        updateRole(owner, { roleId, version: 1, name: 'Mine now', permissions }),
      ).rejects.toMatchObject(missing);
      await expect(deleteRole(owner, { roleId, moveTo: '' })).rejects.toMatchObject(missing);
      await expect(changeRole(owner, { userId: person.id, role: roleId })).rejects.toMatchObject(missing);
      await expect(
        inviteStaff(owner, { name: 'X', email: `z${++serial}@hospital.test`, role: roleId }),
      ).rejects.toMatchObject(missing);
    }
    expect((await listCustomRoles(b.ctx('owner'))).map(({ name }) => name)).toContain(foreign.name);
    expect((await listCustomRoles(owner)).map(({ name }) => name)).not.toContain(foreign.name);
  });
});

describe('two at once', () => {
  it('do not overwrite each other, and do not take one name', async () => {
    const role = await aRole();
    const edit = (name: string) =>
      updateRole(owner, { roleId: role.id, version: 1, name, permissions: ['today:read'] });
    const edits = await Promise.allSettled([edit('Edited by one'), edit('Edited by two')]);
    expect(edits.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(edits.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } });
    expect((await getCustomRole(owner, role.id)).revision).toBe(2);

    const create = (name: string) =>
      createRole(owner, { name, baseRole: 'doctor', permissions: ['today:read'] });
    const created = await Promise.allSettled([create('Same name'), create('SAME name'), create('same NAME')]);
    expect(created.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(create('Doctor')).rejects.toMatchObject({ code: 'CONFLICT', field: 'name' });
  });

  it('cannot delete a role that is being given: either nobody has it or it stays', async () => {
    const role = await aRole();
    const person = await a.addStaff('receptionist', 'Racer');
    await Promise.allSettled([
      changeRole(owner, { userId: person.id, role: role.id }),
      deleteRole(owner, { roleId: role.id, moveTo: '' }),
    ]);
    const exists = await customRoleModel.exists({ _id: objectId(role.id) });
    const held = await membershipModel.countDocuments({
      organizationId: objectId(a.organizationId),
      customRoleId: objectId(role.id),
    });
    expect(Boolean(exists)).toBe(held === 1);
  });
});

describe('deleting', () => {
  it('is refused while people have it, naming how many, and moves them where told', async () => {
    const role = await aRole();
    const target = await aRole(['today:read']);
    const holder = await aHolder(role.id);
    const input = { name: 'Invited', email: `moved${++serial}@hospital.test`, role: role.id };
    const { id } = await inviteStaff(owner, input);
    expect((await getCustomRole(owner, role.id)).people).toBe(2);
    await expect(deleteRole(owner, { roleId: role.id, moveTo: '' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('1 person and 1 open invitation still have this role'),
    });
    expect((await rights(holder.session))('reports:read')).toBe(true);

    await deleteRole(owner, { roleId: role.id, moveTo: target.id });
    // Fewer rights: the session ends, as with any change of role.
    expect(await readPrincipal(holder.session)).toBeNull();
    const { members } = await listStaff(owner, { sort: 'name', after: undefined, before: undefined });
    expect(members.find((one) => one.id === holder.id)?.customRole?.name).toBe(target.name);
    expect((await listInvitations(owner)).find((one) => one.id === id)?.customRole?.id).toBe(target.id);
    await expect(getCustomRole(owner, role.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await revokeInvitation(owner, id);
  });

  it('moves to another kind of person, with the directory', async () => {
    const role = await aRole();
    const holder = await aHolder(role.id);
    await deleteRole(owner, { roleId: role.id, moveTo: 'optometrist' });
    const entry = await staffModel(a).findById(objectId(holder.id)).lean();
    expect(entry?.role).toBe('optometrist');
  });
});

describe('an invitation with a custom role', () => {
  it('says its name and makes a member with it', async () => {
    const role = await aRole();
    const email = `joins${++serial}@hospital.test`;
    const { id } = await inviteStaff(owner, { name: 'Joins', email, role: role.id });
    const mail = await jobModel.findOne({ kind: 'mail.send', 'payload.to': email }).lean();
    const text = String((mail?.payload as { text?: string } | undefined)?.text);
    expect(text).toContain(`as ${role.name.toLowerCase()}`);
    const token = /\/invitations\/([\w-]{43})/.exec(text)?.[1] ?? '';
    expect(await findInvitationOffer(token)).toMatchObject({ role: role.name });
    await joinAsNew({ token, name: 'Joins', password: TEST_PASSWORD }, 'test');
    const row = await invitationModel.findById(objectId(id)).lean();
    expect(row?.status).toBe('accepted');
    const session = await signIn({ email, password: TEST_PASSWORD }, { ip: '10.0.0.9', userAgent: 'test' });
    const may = await rights(session);
    expect([may('reports:read'), may('queue:read')]).toEqual([true, false]);
  });
});

describe('reading roles', () => {
  it('goes through an index for the list, for who has them and for the check at each request', async () => {
    const organizationId = objectId(a.organizationId);
    const ids = (await listCustomRoles(owner)).map(({ id }) => objectId(id));
    expect(ids.length).toBeGreaterThan(0);
    const held = { organizationId, customRoleId: op({ $in: ids }) };
    const plans = [
      await customRoleModel.find({ organizationId }).sort({ nameKey: 1 }).limit(20).explain(),
      await customRoleModel.findOne({ _id: op({ $in: ids }), organizationId }).explain(),
      await membershipModel.find(held).explain(),
      await invitationModel.find({ ...held, status: 'pending' }).explain(),
    ];
    for (const plan of plans) {
      expect(JSON.stringify(plan)).not.toContain('COLLSCAN');
      expect(JSON.stringify(plan)).not.toContain('"stage":"SORT"');
    }
  });
});

describe('the log', () => {
  it('says which permissions came and went, and which role somebody got', async () => {
    const role = await aRole();
    const permissions: Permission[] = ['today:read', 'patients:read', 'queue:read'];
    const edit = { roleId: role.id, version: 1, name: 'Renamed desk', permissions };
    expect(await changesOf(owner, (ctx) => updateRole(ctx, edit))).toEqual([
      { field: 'name', before: role.name, after: 'Renamed desk' },
      { field: 'queue:read', before: null, after: 'allowed' },
      { field: 'reports:read', before: 'allowed', after: null },
    ]);
    const person = await a.addStaff('receptionist', 'Gets it');
    const given = { userId: person.id, role: role.id };
    expect(await changesOf(owner, (ctx) => changeRole(ctx, given))).toEqual([
      { field: 'role', before: 'Receptionist', after: 'Renamed desk' },
    ]);
  });
});
