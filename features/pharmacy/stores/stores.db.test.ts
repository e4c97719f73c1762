import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setBranchOpen } from '@/features/identity/branches/service';
import { branchChoices, FIRST_BRANCH_ID } from '@/lib/branches';
import { changesOf } from '@/tests/assertions/entries';
import { aBranch, ctxAt } from '@/tests/builders/branch';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { FIRST_STORE_ID } from './policy';
import { counterStore, listStores, storesAndCounter } from './queries';
import { addStore, chooseCounter, updateStore } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let there: string;
beforeAll(async () => {
  org = await testOrganization({ plan: 'professional' });
  there = (await aBranch(org, 'Hebbal', 'HB')).id;
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

describe('stores of two branches', () => {
  it('offer to a counter what it may give out from, and nothing else', async () => {
    const [here, hebbal] = [await ctxAt(org, 'owner', FIRST_BRANCH_ID), await ctxAt(org, 'owner', there)];
    const theatre = await addStore(here, { name: 'Theatre', isCounter: false });
    const offeredTo = async (ctx: typeof here) =>
      (await storesAndCounter(ctx)).offered.map(({ id }) => id).sort();
    // A branch without a store of its own is given out of the others, and of which is its person's choice.
    expect(await offeredTo(hebbal)).toEqual([FIRST_STORE_ID, theatre.id].sort());
    await chooseCounter(hebbal, theatre.id);
    expect((await counterStore(hebbal)).id).toBe(theatre.id);
    const own = await addStore(hebbal, { name: 'Hebbal pharmacy', isCounter: true });
    expect(await offeredTo(hebbal)).toEqual([own.id]);
    expect((await counterStore(hebbal)).id).toBe(own.id);
    await expect(chooseCounter(hebbal, theatre.id)).rejects.toThrow('Theatre is at another branch.');
    await expect(chooseCounter(here, own.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await offeredTo(here)).toEqual([FIRST_STORE_ID, theatre.id].sort());
  });

  it('stay where they are when something else of them is changed, also once their branch is closed', async () => {
    const changes = await changesOf(await ctxAt(org, 'owner', there), (ctx) =>
      addStore(ctx, { name: 'Ward', isCounter: false }),
    );
    expect(changes).toContainEqual(expect.objectContaining({ field: 'branchId', after: there }));
    const store = (await listStores(org.ctx())).find(({ name }) => name === 'Ward');
    if (!store) throw new Error('The store is not there');
    await setBranchOpen(await ctxAt(org, 'owner', FIRST_BRANCH_ID), there, false);
    const owner = await ctxAt(org, 'owner', FIRST_BRANCH_ID);
    expect(owner.ownBranches.map(({ id }) => id)).not.toContain(there);
    const choices = branchChoices(owner, store.branchId);
    expect(choices.map(({ id }) => id)).toEqual([FIRST_BRANCH_ID, there]);
    const change = { storeId: store.id, version: store.version, name: 'Ward 2', isCounter: false };
    expect(await updateStore(owner, { ...change, branchId: there })).toMatchObject({ branchId: there });
  });
});
