import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TenantContext } from '@/lib/tenancy/context';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { findFindingSets, listFindingSets } from './queries';
import { saveFindingSetInput } from './schema';
import { deleteFindingSet, saveFindingSet } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let doctor: TenantContext;
let colleague: TenantContext;
beforeAll(async () => {
  org = await testOrganization();
  doctor = org.ctx('doctor');
  colleague = org.ctx('owner');
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const save = (ctx: TenantContext, fields: Record<string, unknown> = {}) =>
  saveFindingSet(
    ctx,
    saveFindingSetInput.parse({ name: 'Own', owner: 'me', 'found-lens': 'PCIOL', ...fields }),
  );
const names = async (ctx: TenantContext) => (await listFindingSets(ctx)).map(({ name }) => name);

it('are one’s own first, then everybody’s, and never a colleague’s', async () => {
  await save(doctor, { name: 'All of us', owner: 'everybody' });
  const own = await save(doctor, { name: 'Pseudophakia' });
  expect(own).toMatchObject({ isOwn: true, found: { lens: 'PCIOL' } });
  await save(colleague, { name: 'Zonular' });
  expect(await names(doctor)).toEqual(['Pseudophakia', 'All of us']);
  expect(await names(colleague)).toEqual(['Zonular', 'All of us']);

  const theirs = { setId: own.id, version: own.version, name: 'Taken' };
  await expect(save(colleague, theirs)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(deleteFindingSet(colleague, own.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await names(doctor)).toContain('Pseudophakia');

  // The same name is free for a colleague, and taken for oneself, however it is written.
  await save(colleague, { name: 'Pseudophakia' });
  await expect(save(doctor, { name: ' pseudophakia' })).rejects.toMatchObject({
    code: 'CONFLICT',
    field: 'name',
  });
  const opened = { setId: own.id, version: own.version, name: 'Pseudophakia' };
  expect((await save(doctor, { ...opened, 'found-iris': 'Atrophy' })).found).toEqual({
    lens: 'PCIOL',
    iris: 'Atrophy',
  });
  await expect(save(doctor, opened)).rejects.toMatchObject({ code: 'CONFLICT' });
  await deleteFindingSet(doctor, own.id);
  expect(await names(doctor)).toEqual(['All of us']);
});

it('of another organization are not there', async () => {
  const other = await testOrganization();
  expect(await listFindingSets(other.ctx('doctor'))).toEqual([]);
  await other.dispose();
});

it('are found by an index', async () => {
  expectIndexed(await findFindingSets(doctor).explain('executionStats'));
});
