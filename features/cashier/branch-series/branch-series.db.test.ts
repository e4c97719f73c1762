import { afterAll, beforeAll, expect, it } from 'vitest';
import { addBranchInput, updateBranchInput } from '@/features/identity/branches/schema';
import { aBranch, branchesNow } from '@/tests/builders/branch';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { getSharedBillSettings } from '../bill-settings/queries';
import { billSettingsInput } from '../bill-settings/schema';
import { updateBillSettings } from '../bill-settings/service';
import { changeBranch, openBranch } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  org = await testOrganization({ plan: 'enterprise', maxUsers: null });
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const facts = (name: string, numberPrefix: string) => addBranchInput.parse({ name, numberPrefix });
const settings = (numberPrefix: string) =>
  updateBillSettings(org.ctx(), billSettingsInput.parse({ numberPrefix }));

it('begins no branch’s numbers as the settings of bills do, whichever of them is there first', async () => {
  const taken = { code: 'CONFLICT', field: 'numberPrefix' };
  await settings('HB');
  await expect(openBranch(org.ctx(), facts('Hebbal', 'hb'))).rejects.toMatchObject(taken);
  const { id: branchId, ...hebbal } = await aBranch(org, 'Hebbal', 'HE');
  const same = updateBranchInput
    .omit({ version: true })
    .parse({ branchId, name: hebbal.name, numberPrefix: 'HB' });
  await expect(changeBranch(org.ctx(), same)).rejects.toMatchObject(taken);
  // The page was opened before the branch was there.
  await expect(settings('HE')).rejects.toMatchObject(taken);
  expect((await getSharedBillSettings(org.ctx())).numberPrefix).toBe('HB');
  // The first branch is the one that the settings speak of.
  const [first] = await branchesNow(org);
  const own = updateBranchInput
    .omit({ version: true })
    .parse({ branchId: first?.id, name: 'Main branch', numberPrefix: 'HB' });
  expect(await changeBranch(org.ctx(), own)).toMatchObject({ numberPrefix: 'HB' });
});

it('gives letters to one of two who take them at the same moment', async () => {
  for (const letters of ['M1', 'M2', 'M3', 'M4', 'M5', 'M6']) {
    const [branch, bills] = await Promise.allSettled([
      openBranch(org.ctx(), facts(`Branch ${letters}`, letters)),
      settings(letters),
    ]);
    expect([branch.status, bills.status].sort()).toEqual(['fulfilled', 'rejected']);
    const { numberPrefix } = await getSharedBillSettings(org.ctx());
    const holders = (await branchesNow(org)).filter((one) => one.numberPrefix === letters);
    expect(holders.length + (numberPrefix === letters ? 1 : 0)).toBe(1);
  }
});
