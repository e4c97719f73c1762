import { afterAll, beforeAll, expect, it } from 'vitest';
import { today } from '@/lib/time';
import { aService } from '@/tests/builders/bill';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { priceModel, serviceModel } from './model';
import { listPriced } from './queries';
import { importServices, previewImport } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: ReturnType<typeof org.ctx>;
let from = '';

beforeAll(async () => {
  org = await testOrganization();
  ctx = org.ctx();
  from = today(ctx.timeZone);
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const take = async (sheet: string, day = from) => {
  const { fingerprint } = await previewImport(ctx, { sheet, from: day });
  return importServices(ctx, { sheet, from: day, fingerprint });
};
const listed = async (code: string) => (await listPriced(ctx, from)).find((one) => one.code === code);

it('does what the preview has shown: adds, changes, ends prices and adds the next', async () => {
  const { code, id } = await aService(ctx, { price: '100', isInclusive: 'on' });
  const sheet = `Code,Name,Group,Price\n${code},Renamed,Lasers,120\nFRESH,Fresh test,Tests and imaging,80`;
  const before = await priceModel(ctx).countDocuments({});
  expect((await previewImport(ctx, { sheet, from })).rows).toHaveLength(2);
  // A preview writes nothing.
  expect(await priceModel(ctx).countDocuments({})).toBe(before);
  expect(await take(sheet)).toEqual({ added: 1, changed: 1, priced: 2 });
  expect(await listed(code)).toMatchObject({
    ...{ id, name: 'Renamed', group: 'laser' },
    price: { amountMinor: 12_000, isInclusive: true },
  });
  expect(await listed('FRESH')).toMatchObject({ price: { amountMinor: 8_000, isInclusive: false } });
  expect(await priceModel(ctx).countDocuments({})).toBe(before + 2);
  await expect(take(sheet)).rejects.toMatchObject({ code: 'CONFLICT' });
});

it('is refused when the list is another than the one that was shown, and with a mistake in any row', async () => {
  const { code } = await aService(ctx, { price: '100' });
  const sheet = `Code,Price\n${code},150`;
  const { fingerprint } = await previewImport(ctx, { sheet, from });
  await take(`Code,Price\n${code},130`);
  await expect(importServices(ctx, { sheet, from, fingerprint })).rejects.toMatchObject({ code: 'CONFLICT' });
  const services = await serviceModel(ctx).countDocuments({});
  await expect(take(`Code,Name,Price\nGOOD,Good,5\nBAD,Bad,free`)).rejects.toMatchObject({
    ...{ code: 'INVALID_INPUT', field: 'sheet' },
    message: expect.stringContaining('Line 3'),
  });
  expect(await serviceModel(ctx).countDocuments({})).toBe(services);
  await expect(take(sheet, '2020-01-01')).rejects.toMatchObject({ field: 'from' });
});
