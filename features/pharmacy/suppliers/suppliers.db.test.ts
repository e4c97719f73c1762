import { afterAll, beforeAll, expect, it } from 'vitest';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { expectIndexed } from '@/tests/assertions/explain';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { supplierModel } from './model';
import { findSuppliers, getSupplier, listSuppliers } from './queries';
import { addSupplierInput, updateSupplierInput } from './schema';
import { addSupplier, updateSupplier } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
beforeAll(async () => {
  org = await testOrganization();
  ctx = org.ctx('pharmacist');
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});
const typed = (name: string, rest: Record<string, string> = {}) => ({ name, creditDays: '30', ...rest });

it('is in the list once, however the name is written, and with a number that fits its digit', async () => {
  const india = { ...ctx, organization: { ...ctx.organization, country: 'IN' } };
  const wrong = addSupplierInput.parse(typed('Sri Sai Agencies', { taxNumber: '27AAPFU0939F1ZW' }));
  await expect(addSupplier(india, wrong)).rejects.toMatchObject({ field: 'taxNumber' });
  const right = addSupplierInput.parse(typed('Sri Sai Agencies', { taxNumber: '27aapfu0939f1zv' }));
  const supplier = await addSupplier(india, right);
  expect(supplier).toMatchObject({ taxNumber: '27AAPFU0939F1ZV', creditDays: 30, isActive: true });
  const again = addSupplierInput.parse(typed('SRI  SAI agencies.'));
  await expect(addSupplier(india, again)).rejects.toMatchObject({ code: 'CONFLICT', field: 'name' });
});

it('has a tax number that no other supplier has, so that no invoice is entered for two', async () => {
  const taxNumber = '29AAGCB7383J1Z4';
  const first = await addSupplier(ctx, addSupplierInput.parse(typed('Kaveri', { taxNumber })));
  const twin = addSupplierInput.parse(typed('Kaveri Distributors', { taxNumber: taxNumber.toLowerCase() }));
  await expect(addSupplier(ctx, twin)).rejects.toMatchObject({
    ...{ code: 'CONFLICT', field: 'taxNumber', message: expect.stringMatching(/^Kaveri has this number\./) },
  });
  const other = await addSupplier(ctx, addSupplierInput.parse(typed('Cauvery')));
  const change = (of: { id: string; version: number }, name: string) =>
    updateSupplier(
      ctx,
      updateSupplierInput.parse({
        ...typed(name, { taxNumber }),
        ...{ supplierId: of.id, version: of.version, isActive: 'on' },
      }),
    );
  await expect(change(other, 'Cauvery')).rejects.toMatchObject({ field: 'taxNumber' });
  // Two of before, by a list that was taken over: each is still changed otherwise.
  await supplierModel(ctx).collection.updateOne({ _id: objectId(other.id) }, { $set: { taxNumber } });
  expect(await change(other, 'Cauvery Agencies')).toMatchObject({ name: 'Cauvery Agencies' });
  expect(await change(first, 'Kaveri & Sons')).toMatchObject({ taxNumber });
});

it('is given one number by one of two presses at the same moment, and a number that was given up is free', async () => {
  const input = (name: string, taxNumber: string) => addSupplierInput.parse(typed(name, { taxNumber }));
  const same = ['One', 'Two', 'Three', 'Four'].map((name) =>
    addSupplier(ctx, input(name, '29AAACR5055K1Z3')),
  );
  const answers = await Promise.allSettled(same);
  const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(refused).toHaveLength(3);
  for (const reason of refused) expect(reason).toMatchObject({ code: 'CONFLICT', field: 'taxNumber' });
  expect(await supplierModel(ctx).countDocuments({ taxNumber: '29AAACR5055K1Z3' })).toBe(1);

  const [kept] = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (!kept) throw new Error('Nobody has got the number');
  const change = (version: number, taxNumber: string) =>
    updateSupplier(
      ctx,
      updateSupplierInput.parse({
        ...typed(kept.name, { taxNumber }),
        ...{ supplierId: kept.id, version, isActive: 'on' },
      }),
    );
  await change(0, '27AAACR5055K1Z7');
  const next = await addSupplier(ctx, input('Five', '29AAACR5055K1Z3'));
  expect(next.taxNumber).toBe('29AAACR5055K1Z3');
  await expect(change(1, '29AAACR5055K1Z3')).rejects.toMatchObject({ field: 'taxNumber' });
  expect(await change(1, '')).toMatchObject({ taxNumber: null });
});

it('changes for who has read it as it is, and is listed by name by an index', async () => {
  const { id, version } = await addSupplier(ctx, addSupplierInput.parse(typed('Zeta', { phone: '98' })));
  const change = (rest: Record<string, string> = {}) =>
    updateSupplier(
      ctx,
      updateSupplierInput.parse({ ...typed('Alpha'), supplierId: id, version, isActive: 'on', ...rest }),
    );
  expect(await change()).toMatchObject({ name: 'Alpha', phone: null, version: 1 });
  await expect(change()).rejects.toMatchObject({ code: 'CONFLICT' });
  await change({ version: '1', isActive: '' });
  expect((await listSuppliers(ctx)).at(-1)).toMatchObject({ id, isActive: false });
  await expect(getSupplier(ctx, '0'.repeat(24))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expectIndexed(await findSuppliers(ctx).explain('executionStats'));
});
