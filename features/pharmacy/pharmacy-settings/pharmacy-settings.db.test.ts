import { afterAll, beforeAll, expect, it } from 'vitest';
import { FIRST_BRANCH_ID } from '@/lib/branches';
import type { TenantContext } from '@/lib/tenancy/context';
import { aBranch, ctxAt } from '@/tests/builders/branch';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { getCommonSettings, getPharmacySettings } from './queries';
import { pharmacySettingsInput } from './schema';
import { updatePharmacySettings } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let there: string;
let here: TenantContext;
beforeAll(async () => {
  org = await testOrganization({ plan: 'professional' });
  there = (await aBranch(org, 'Hebbal', 'HB')).id;
  here = await ctxAt(org, 'owner', FIRST_BRANCH_ID);
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const save = (typed: Record<string, string>, ctx = here) =>
  updatePharmacySettings(ctx, pharmacySettingsInput.parse({ returnDays: '', ...typed }));

it('prints at a branch the licence of its premises, and that of all where it has none', async () => {
  const hebbal = await ctxAt(org, 'pharmacist', there);
  await save({ licences: '20: KA-1', pharmacist: 'A. Rao', version: '0' });
  expect(await getPharmacySettings(hebbal)).toMatchObject({ licences: '20: KA-1', pharmacist: 'A. Rao' });
  const said = [
    { branchId: there, licences: '20: KA-2', pharmacist: '' },
    { branchId: 'f'.repeat(24), licences: 'Of no branch', pharmacist: '' },
  ];
  const common = { licences: '20: KA-1', pharmacist: 'A. Rao' };
  await save({ ...common, version: '1', ofBranches: JSON.stringify(said) });
  expect(await getPharmacySettings(hebbal)).toMatchObject({ licences: '20: KA-2', pharmacist: 'A. Rao' });
  expect(await getPharmacySettings(here)).toMatchObject(common);
  // The settings themselves show what counts for all, wherever they are opened.
  expect(await getCommonSettings(hebbal)).toMatchObject({
    ...{ licences: '20: KA-1', ofBranches: [{ branchId: there, licences: '20: KA-2', pharmacist: '' }] },
  });
  // A form that shows no branches changes nothing of them; one that empties them does.
  await save({ ...common, version: '2' });
  expect(await getPharmacySettings(hebbal)).toMatchObject({ licences: '20: KA-2' });
  const emptied = JSON.stringify([{ branchId: there, licences: ' ', pharmacist: '' }]);
  await save({ ...common, version: '3', ofBranches: emptied });
  expect((await getCommonSettings(here)).ofBranches).toEqual([]);
});

it('refuses what is no list of branches', () => {
  for (const ofBranches of ['{', '[{"branchId":{"$ne":null}}]', '[1]'])
    expect(pharmacySettingsInput.safeParse({ version: '0', returnDays: '', ofBranches }).success).toBe(false);
});
