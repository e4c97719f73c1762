import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeRole } from '@/features/identity/staff/service/members';
import { readPrincipal } from '@/lib/auth/principal';
import { signIn } from '@/lib/auth/sign-in';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { listPlaces } from './queries';
import { leaveOrganization, switchOrganization } from './service';

const request = { ip: '10.0.0.4', userAgent: 'test' };
const password = { currentPassword: TEST_PASSWORD };
let a: Awaited<ReturnType<typeof testOrganization>>;
let b: Awaited<ReturnType<typeof testOrganization>>;

beforeAll(async () => {
  a = await testOrganization({ name: 'Alpha eyes' });
  b = await testOrganization({ name: 'Beta eyes' });
});
afterAll(async () => {
  await a.dispose();
  await b.dispose();
  await closeConnections();
});

describe('a person in two organizations', () => {
  it('goes over to the other with a new session, and never to one of strangers', async () => {
    const session = await signIn({ email: a.owner.email, password: TEST_PASSWORD }, request);
    const go = () =>
      switchOrganization(
        a.ctx('owner'),
        { organizationId: b.organizationId },
        { ...request, sessionId: session.sessionId },
      );
    await expect(go()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await listPlaces(a.owner.id)).toEqual([]);
    await membershipModel.create({
      userId: objectId(a.owner.id),
      organizationId: objectId(b.organizationId),
      role: 'doctor',
      status: 'active',
    });
    expect((await listPlaces(a.owner.id)).map(({ name }) => name)).toEqual(['Alpha eyes', 'Beta eyes']);
    const there = await go();
    expect(there).toMatchObject({ organizationId: b.organizationId, role: 'doctor' });
    expect(await readPrincipal(session)).toBeNull();
    const principal = await readPrincipal(there);
    expect(principal?.kind === 'staff' && principal.organization._id.toString()).toBe(b.organizationId);
    await membershipModel.updateOne(
      { userId: objectId(a.owner.id), organizationId: objectId(b.organizationId) },
      { $set: { status: 'suspended' } },
    );
    expect(await readPrincipal(there)).toBeNull();
  });
});

describe('leaving', () => {
  it('is refused to the last owner', async () => {
    await expect(leaveOrganization(a.ctx('owner'), password)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(leaveOrganization(a.ctx('owner'), { currentPassword: 'x' })).rejects.toMatchObject({
      field: 'currentPassword',
    });
  });

  it('keeps one owner when two leave at the same moment, and hands the organization over', async () => {
    const second = await b.addStaff('doctor', 'Dr Second Owner');
    await changeRole(b.ctx('owner'), { userId: second.id, role: 'owner' });
    const ctx = b.ctx('owner');
    const other = {
      ...ctx,
      actor: {
        kind: 'staff' as const,
        userId: second.id,
        name: second.name,
        email: second.email,
        role: 'owner' as const,
      },
    };
    const results = await Promise.allSettled([
      leaveOrganization(ctx, password),
      leaveOrganization(other, password),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const owners = await membershipModel
      .find({ organizationId: objectId(b.organizationId), role: 'owner', status: 'active' })
      .lean();
    expect(owners).toHaveLength(1);
    const organization = await organizationModel.findById(objectId(b.organizationId)).lean();
    expect(organization?.ownerId.toString()).toBe(owners[0]?.userId.toString());
  });
});
