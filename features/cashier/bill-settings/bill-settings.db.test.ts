import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { getBillSettings } from './queries';
import { billSettingsInput } from './schema';
import { updateBillSettings } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: ReturnType<typeof org.ctx>;
const typed = (more: Record<string, string> = {}) => billSettingsInput.parse(more);

beforeAll(async () => {
  org = await testOrganization();
  ctx = org.ctx();
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

it('takes a GSTIN in India and the number of the country elsewhere', async () => {
  const number = typed({ taxNumber: '100123456700003' });
  await expect(updateBillSettings(ctx, number)).rejects.toMatchObject({ field: 'taxNumber' });
  const abroad = { ...ctx, organization: { ...ctx.organization, country: 'AE' } };
  expect(await updateBillSettings(abroad, number)).toMatchObject({ taxNumber: '100123456700003' });
});

it('puts back nothing that somebody else has saved meanwhile', async () => {
  const { version } = await getBillSettings(ctx);
  await updateBillSettings(ctx, { ...typed({ footer: 'Open on Sundays' }), version });
  await expect(updateBillSettings(ctx, { ...typed({ footer: 'Closed' }), version })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  expect(await getBillSettings(ctx)).toMatchObject({ footer: 'Open on Sundays', version: version + 1 });
});
