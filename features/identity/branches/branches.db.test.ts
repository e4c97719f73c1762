import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getStaffMember } from '@/features/identity/staff/queries';
import { assignBranches } from '@/features/identity/staff/service/members';
import { readPrincipal } from '@/lib/auth/principal';
import { FIRST_BRANCH_ID } from '@/lib/branches';
import { organizationModel } from '@/lib/master/models/organization';
import { sessionModel } from '@/lib/master/models/session';
import { newObjectId, objectId } from '@/lib/mongo';
import { aBranch, branchesNow, ctxAt } from '@/tests/builders/branch';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { listBranches } from './queries';
import { addBranchInput, updateBranchInput } from './schema';
import { addBranch, chooseBranch, setBranchOpen, updateBranch } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  org = await testOrganization({ plan: 'professional', maxUsers: null });
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const facts = (name: string, numberPrefix: string) => addBranchInput.parse({ name, numberPrefix });

const free = async () => undefined;

describe('branches', () => {
  it('begin with one that has no row, and is renamed like any other', async () => {
    const [first] = await listBranches(org.ctx());
    expect(first).toMatchObject({ id: FIRST_BRANCH_ID, name: 'Main branch', isFirst: true, isOpen: true });
    const input = updateBranchInput.parse({
      ...{ branchId: FIRST_BRANCH_ID, version: first?.version, name: 'Jayanagar', phone: '080 4000 1000' },
    });
    await updateBranch(org.ctx(), input, free);
    expect(await branchesNow(org)).toMatchObject([{ name: 'Jayanagar', phone: '080 4000 1000' }]);
    // What the page showed is not what is stored any more.
    await expect(updateBranch(org.ctx(), input, free)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('have a name and a series each', async () => {
    const hebbal = await aBranch(org, 'Hebbal', 'HB');
    await expect(addBranch(org.ctx(), facts('  HEBBAL ', 'XX'), free)).rejects.toMatchObject({
      field: 'name',
    });
    await expect(addBranch(org.ctx(), facts('Other', 'hb'), free)).rejects.toMatchObject({
      field: 'numberPrefix',
    });
    await expect(addBranch(org.ctx(), facts('Other', ''), free)).rejects.toMatchObject({
      field: 'numberPrefix',
    });
    const taxed = { ...facts('Other', 'OT'), taxNumber: '29AAGCB7383J1Z5' };
    await expect(addBranch(org.ctx(), taxed, free)).rejects.toMatchObject({ field: 'taxNumber' });
    expect((await branchesNow(org)).map(({ name }) => name)).toEqual(['Jayanagar', hebbal.name]);
  });

  it('are as many as the plan includes, whoever adds them at the same time', async () => {
    const added = await Promise.allSettled(
      [1, 2, 3, 4, 5].map((index) => addBranch(org.ctx(), facts(`Branch ${index}`, `B${index}`), free)),
    );
    const refused = added.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    // Five in all: the first, Hebbal, and three of these.
    expect(refused.map(({ code }) => code)).toEqual(['PAYMENT_REQUIRED', 'PAYMENT_REQUIRED']);
    const open = await branchesNow(org);
    expect(open).toHaveLength(5);
    const last = open.at(-1);
    await setBranchOpen(org.ctx(), last?.id ?? '', false);
    await aBranch(org, 'Whitefield', 'WF');
    await expect(setBranchOpen(org.ctx(), last?.id ?? '', true)).rejects.toMatchObject({
      code: 'PAYMENT_REQUIRED',
    });
    await expect(setBranchOpen(org.ctx(), FIRST_BRANCH_ID, false)).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(setBranchOpen(org.ctx(), newObjectId().toString(), false)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('who works where', () => {
  const branchOf = async (name: string) =>
    (await branchesNow(org)).find((one) => one.name === name)?.id ?? '';

  it('is everywhere until somebody is kept to branches; then it counts at the next request', async () => {
    const person = await org.addStaff('receptionist', 'Kavya Rao');
    const [hebbal, whitefield] = [await branchOf('Hebbal'), await branchOf('Whitefield')];
    const sessionId = `branches-${person.id}`;
    await sessionModel.create({
      ...{ _id: sessionId, userId: objectId(person.id), organizationId: objectId(org.organizationId) },
      ...{ expiresAt: new Date(Date.now() + 3_600_000), lastSeenAt: new Date(), method: 'password' },
    });
    const principal = async () => {
      const found = await readPrincipal({ id: person.id, sessionId });
      if (found?.kind !== 'staff') throw new Error('Nobody is signed in');
      return { branchIds: found.branchIds, branchId: found.branchId };
    };
    expect(await principal()).toEqual({ branchIds: [], branchId: null });

    const owner = await ctxAt(org, 'owner', FIRST_BRANCH_ID);
    const { branchesVersion: version } = await getStaffMember(owner, person.id);
    await assignBranches(owner, { userId: person.id, branchIds: [hebbal], version });
    await expect(
      assignBranches(owner, { userId: person.id, branchIds: [whitefield], version }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await principal()).toEqual({ branchIds: [hebbal], branchId: null });

    const own = { ...(await ctxAt(org, 'receptionist', hebbal)) };
    const asKept = Object.freeze({
      ...own,
      actor: {
        ...own.actor,
        kind: 'staff' as const,
        userId: person.id,
        name: '',
        email: '',
        role: 'receptionist' as const,
      },
      ownBranches: own.branches.filter(({ id }) => id === hebbal),
    });
    await chooseBranch(asKept, hebbal, sessionId);
    expect(await principal()).toMatchObject({ branchId: hebbal });
    await expect(chooseBranch(asKept, whitefield, sessionId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // Another sign-in goes on where they were.
    await sessionModel.updateOne({ _id: sessionId }, { $unset: { branchId: '' } });
    expect(await principal()).toMatchObject({ branchId: hebbal });
  });

  it('gives nobody more than the giver has', async () => {
    const person = await org.addStaff('optometrist', 'Sunil Das');
    const [hebbal, whitefield] = [await branchOf('Hebbal'), await branchOf('Whitefield')];
    const admin = await ctxAt(org, 'owner', hebbal);
    const kept = Object.freeze({ ...admin, ownBranches: admin.branches.filter(({ id }) => id === hebbal) });
    for (const branchIds of [[], [whitefield], [hebbal, whitefield]])
      await expect(assignBranches(kept, { userId: person.id, branchIds })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    await assignBranches(kept, { userId: person.id, branchIds: [hebbal] });
    await expect(
      assignBranches(admin, { userId: person.id, branchIds: [newObjectId().toString()] }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('keeps organizations of before as they are: nothing is stored of a branch until one is named', async () => {
  const other = await testOrganization();
  const row = await organizationModel.findById(objectId(other.organizationId)).lean();
  expect(row?.branches).toBeUndefined();
  expect(other.ctx().branch).toMatchObject({ id: FIRST_BRANCH_ID });
  await expect(addBranch(other.ctx(), facts('Second', 'S2'), free)).rejects.toMatchObject({
    code: 'PAYMENT_REQUIRED',
  });
  await other.dispose();
});
