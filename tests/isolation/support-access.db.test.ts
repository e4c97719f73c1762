/// <reference types="vite/client" />
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findDeeds, listSupportAccess } from '@/features/support/support-access/queries';
import {
  allowAccess,
  enterWorkspace,
  expireGrant,
  giveAccess,
  leaveWorkspace,
  refuseAccess,
  requestAccess,
  revokeAccess,
} from '@/features/support/support-access/service';
import { definitionOf, gateOf } from '@/lib/actions/gated';
import { requireStaff } from '@/lib/actions/staff';
import { watchStaff } from '@/lib/actions/watch';
import { auditEventModel } from '@/lib/audit/ledger';
import { PERMISSIONS, type Permission } from '@/lib/auth/permissions';
import type * as PrincipalModule from '@/lib/auth/principal';
import { platformAuditModel } from '@/lib/master/models/audit-event';
import { jobModel } from '@/lib/master/models/job';
import { sessionModel } from '@/lib/master/models/session';
import { supportGrantModel } from '@/lib/master/models/support-grant';
import { userModel } from '@/lib/master/models/user';
import { newObjectId, objectId } from '@/lib/mongo';
import { closeConnections, testOrganization } from '@/tests/builders/organization';

// The cookie of the request is all that is stood in for: the session it names, the grant and the gate are
// real.
const request = vi.hoisted(() => ({ id: '', sessionId: '' }));
vi.mock('@/lib/auth/principal', async (load) => {
  const actual = await load<typeof PrincipalModule>();
  return { ...actual, getPrincipal: () => actual.readPrincipal(request) };
});
vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({ get: () => undefined, set: () => undefined }),
}));
vi.mock('next/cache', () => ({
  revalidatePath: () => undefined,
  updateTag: () => undefined,
  refresh: () => undefined,
}));
vi.mock('next/server', () => ({ after: () => undefined }));

const files = import.meta.glob<Record<string, unknown>>('/features/**/actions.ts');
const MINUTE = 60_000;
const ask = { reason: 'The queue does not move on', scope: 'read-only' as const, durationMinutes: 60 };

async function supportPerson(name: string) {
  const email = `support-${randomUUID().slice(0, 8)}@chakravue.test`;
  const user = await userModel.create({
    name,
    email,
    emailKey: email,
    passwordHash: 'none',
    platformRole: 'owner',
    secondFactorSince: new Date(),
  });
  const id = user._id.toString();
  const sessionId = randomUUID();
  await sessionModel.create({
    _id: sessionId,
    userId: user._id,
    organizationId: null,
    expiresAt: new Date(Date.now() + 60 * MINUTE),
  });
  return {
    id,
    sessionId,
    ctx: { actor: { kind: 'platform' as const, userId: id, name, email }, requestId: '' },
  };
}

describe('support access', () => {
  let a: Awaited<ReturnType<typeof testOrganization>>;
  let b: Awaited<ReturnType<typeof testOrganization>>;
  let priya: Awaited<ReturnType<typeof supportPerson>>;
  let other: Awaited<ReturnType<typeof supportPerson>>;
  beforeAll(async () => {
    a = await testOrganization();
    b = await testOrganization();
    priya = await supportPerson('Priya Nair');
    other = await supportPerson('Otto Lang');
  });
  beforeEach(async () => {
    await supportGrantModel.deleteMany({});
    await sessionModel.updateMany({}, { $unset: { supportGrantId: '' } });
    Object.assign(request, { id: priya.id, sessionId: priya.sessionId });
  });
  afterAll(async () => {
    await a.dispose();
    await b.dispose();
    await closeConnections();
  });

  const grantOf = async (organizationId: string) => {
    const grant = await supportGrantModel
      .findOne({ organizationId: objectId(organizationId) })
      .sort({ createdAt: -1 })
      .lean();
    if (!grant) throw new Error('no grant');
    return grant._id.toString();
  };
  const into = (organizationId: string, who = priya) =>
    enterWorkspace(who.ctx, { organizationId, sessionId: who.sessionId });
  async function entered(scope: 'read-only' | 'read-write' = 'read-only') {
    await giveAccess(a.ctx('owner'), { ...ask, scope });
    await into(a.organizationId);
    return grantOf(a.organizationId);
  }
  const mails = async (key: string) => jobModel.countDocuments({ key: new RegExp(`^support:${key}`) });
  const refused = { code: 'NOT_FOUND' };

  it('finds nothing without a grant, whether the organization exists or not', async () => {
    await expect(into(a.organizationId)).rejects.toMatchObject(refused);
    await expect(into(newObjectId().toString())).rejects.toMatchObject(refused);
    await requestAccess(priya.ctx, { organizationId: a.organizationId, ...ask });
    await expect(into(a.organizationId)).rejects.toMatchObject(refused);
    await expect(requireStaff('patients:read')).rejects.toMatchObject(refused);
  });

  it('asks once, tells the owner, and enters only after a yes of that organization', async () => {
    const before = await mails('request');
    await requestAccess(priya.ctx, { organizationId: a.organizationId, ...ask });
    expect(await mails('request')).toBe(before + 1);
    await expect(
      requestAccess(priya.ctx, { organizationId: a.organizationId, ...ask }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    const grantId = await grantOf(a.organizationId);
    await expect(
      allowAccess(b.ctx('owner'), { grantId, scope: 'read-write', durationMinutes: 60 }),
    ).rejects.toMatchObject(refused);
    await allowAccess(a.ctx('owner'), { grantId, scope: 'read-only', durationMinutes: 60 });
    await expect(into(a.organizationId, other)).rejects.toMatchObject(refused);
    await into(a.organizationId);
    const ctx = await requireStaff('patients:read');
    expect(ctx.organizationId).toBe(a.organizationId);
    expect(ctx.actor.name).toBe(`Priya Nair (support, allowed by ${a.ctx('owner').actor.name})`);
  });

  it('cannot reach another organization, and leaves the first when it enters a second', async () => {
    await entered();
    await expect(into(b.organizationId)).rejects.toMatchObject(refused);
    expect((await requireStaff('today:read')).db.name).toBe(a.db.name);
    await giveAccess(b.ctx('owner'), ask);
    await into(b.organizationId);
    expect((await requireStaff('today:read')).db.name).toBe(b.db.name);
    const [inA] = await listSupportAccess(a.ctx('owner'));
    expect(inA?.visits[0]?.endedAt).not.toBeNull();
  });

  it('is out at the next request after a revoke, in pages, actions and streams', async () => {
    const grantId = await entered();
    const mayStill = await watchStaff('queue:read');
    expect(await mayStill()).toBe(true);
    await expect(revokeAccess(b.ctx('owner'), grantId)).rejects.toMatchObject(refused);
    await requireStaff('today:read');
    const before = await mails('end');
    await revokeAccess(a.ctx('owner'), grantId);
    await expect(requireStaff('today:read')).rejects.toMatchObject(refused);
    expect(await mayStill()).toBe(false);
    expect(await mails('end')).toBe(before + 1);
    await expect(into(a.organizationId)).rejects.toMatchObject(refused);
  });

  it('is out when the time is over, before the job that notes it and after', async () => {
    const grantId = await entered();
    const past = new Date(Date.now() - 1);
    await supportGrantModel.updateOne({ _id: objectId(grantId) }, { $set: { expiresAt: past } });
    await expect(requireStaff('today:read')).rejects.toMatchObject(refused);
    await expireGrant(grantId);
    const [grant] = await listSupportAccess(a.ctx('owner'));
    expect(grant).toMatchObject({ state: 'expired' });
    const ends = await auditEventModel({ db: a.db }).countDocuments({
      action: 'support-access.end.time',
      target: `support-grant:${grantId}`,
    });
    expect(ends).toBe(1);
    await expect(into(a.organizationId)).rejects.toMatchObject(refused);
  });

  it('keeps a grant that has time left when its job comes early', async () => {
    const grantId = await entered();
    await expireGrant(grantId);
    expect((await requireStaff('today:read')).organizationId).toBe(a.organizationId);
    await refuseAccess(a.ctx('owner'), grantId).then(
      () => expect.unreachable(),
      (error) => expect(error).toMatchObject(refused),
    );
  });

  it('read-only may look everywhere and write nowhere', async () => {
    await entered();
    const ctx = await requireStaff('today:read');
    const writes = PERMISSIONS.filter((permission) => !permission.endsWith(':read'));
    expect(writes.length).toBeGreaterThan(5);
    expect(writes.filter((permission) => ctx.can(permission))).toEqual([]);
  });

  it('read-write changes the clinic’s records, never billing, staff, settings or who may come in', async () => {
    await entered('read-write');
    const ctx = await requireStaff('patients:write');
    const never: Permission[] = ['billing:write', 'staff:write', 'settings:write', 'support-access:manage'];
    expect(never.filter((permission) => ctx.can(permission))).toEqual([]);
    await expect(giveAccess(ctx, ask)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each(Object.keys(files))('a read-only session is refused every action of %s', async (file) => {
    await entered();
    for (const [name, action] of Object.entries((await files[file]?.()) ?? {})) {
      if (gateOf(action) !== 'staff') continue;
      const call = action as (previous: object, form: FormData) => Promise<{ status: string; code?: string }>;
      const answer = await call({ status: 'idle' }, new FormData());
      expect(answer, `${name}: ${JSON.stringify(answer)}`).toMatchObject({
        status: 'error',
        code: 'FORBIDDEN',
      });
      expect(definitionOf(action)).toBeDefined();
    }
  });

  it('writes what support did into both logs, with both names', async () => {
    await entered();
    const { revokeSessionAction } = await import('@/features/identity/account/actions');
    await revokeSessionAction({ status: 'idle' }, new FormData());
    const [grant] = await supportGrantModel.find({}).lean();
    const visit = grant?.visits[0];
    if (!visit) throw new Error('no visit');
    const deeds = await findDeeds({ db: a.db }, visit).lean();
    expect(deeds.map(({ action, result }) => [action, result])).toEqual([
      ['account.session.revoke', 'refused'],
      ['support-access.enter', 'ok'],
    ]);
    const owner = a.ctx('owner').actor.name;
    const names = `Priya Nair (support, allowed by ${owner})`;
    expect(deeds.map(({ actor }) => [actor.name, actor.kind, actor.onBehalfOf?.name])).toEqual([
      [names, 'support', owner],
      [names, 'support', owner],
    ]);
    const mirrored = await platformAuditModel
      .find({ organizationId: a.organizationId, action: 'account.session.revoke' })
      .lean();
    expect(mirrored[0]?.actor).toMatchObject({ kind: 'platform', id: priya.id, name: names });
  });

  it('leaves when asked, and tells where from', async () => {
    await entered();
    expect(await leaveWorkspace(priya.ctx, priya.sessionId)).toBe(a.organizationId);
    await expect(requireStaff('today:read')).rejects.toMatchObject(refused);
    expect(await leaveWorkspace(priya.ctx, priya.sessionId)).toBeNull();
  });

  it('finds what was done by an index', async () => {
    const plan = JSON.stringify(
      await findDeeds({ db: a.db }, { person: { id: 'x' }, enteredAt: new Date() }).explain('queryPlanner'),
    );
    expect(plan).toContain('IXSCAN');
    expect(plan).not.toContain('COLLSCAN');
  });
});
