import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_BRANCH_ID } from '@/lib/branches';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { monthOf, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { readPdf } from '@/tests/assertions/pdf-text';
import { aBill, aService } from '@/tests/builders/bill';
import { aBranch, ctxAt } from '@/tests/builders/branch';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aPayer } from '@/tests/builders/payer';
import { billSettingsInput } from '../bill-settings/schema';
import { updateBillSettings } from '../bill-settings/service';
import { billModel } from '../bills/model';
import { printBill } from '../bills/paper';
import { creditBillInput } from '../bills/schema';
import { creditBill } from '../payments/service';
import { gstTable } from './gst';
import { billsOfMonth, findOfMonth, listRegistrations } from './queries/gst';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: ReturnType<typeof org.ctx>;
let cashier: ReturnType<typeof org.ctx>;

beforeAll(async () => {
  org = await testOrganization({ maxUsers: null });
  ctx = org.ctx();
  cashier = org.ctx('cashier');
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

describe('branches that are registered by themselves', () => {
  it('are in a return of their own each, and never together in one', async () => {
    const chain = await testOrganization({ plan: 'professional', maxUsers: null });
    await updateBillSettings(chain.ctx(), billSettingsInput.parse({ taxNumber: '27AAPFU0939F1ZV' }));
    const { id: branchId } = await aBranch(chain, 'Mysuru', 'MY');
    await organizationModel.updateOne(
      { _id: objectId(chain.organizationId), 'branches.name': 'Mysuru' },
      { $set: { 'branches.$.taxNumber': '29AAGCB7383J1Z4' } },
    );
    const [main, there] = [
      await ctxAt(chain, 'owner', FIRST_BRANCH_ID),
      await ctxAt(chain, 'owner', branchId),
    ];
    const service = await aService(main, { taxClass: 'frame', group: 'optical', price: '100' });
    const lines = [{ service }];
    const patientId = (await aPatient(main)).id;
    const [here, away] = [
      await aBill(main, { patientId, lines }),
      await aBill(there, { patientId, lines, placeOfSupply: '29' }),
    ];
    const month = monthOf(today(main.timeZone));
    expect(await listRegistrations(main, month)).toEqual(['27AAPFU0939F1ZV', '29AAGCB7383J1Z4']);
    expect(await listRegistrations(main, month, branchId)).toEqual(['29AAGCB7383J1Z4']);
    await expect(billsOfMonth(main, month)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const numbers = async (taxNumber: string) =>
      (await billsOfMonth(main, month, { taxNumber })).map(({ number }) => number);
    expect(await numbers('27AAPFU0939F1ZV')).toEqual([here.number]);
    expect(await numbers('29AAGCB7383J1Z4')).toEqual([away.number]);
    await chain.dispose();
  });
});

describe('what is supplied in another state', () => {
  it('has one tax on goods, says where, is addressed to a registered payer, and is credited alike', async () => {
    await updateBillSettings(ctx, billSettingsInput.parse({ taxNumber: '27AAPFU0939F1ZV' }));
    const frame = await aService(ctx, { taxClass: 'frame', group: 'optical', price: '999.99' });
    const works = await aPayer(ctx, { kind: 'employer', taxNumber: '29AAGCB7383J1Z4' });
    expect(works.state).toBe('29');
    const lines = [{ service: frame }, { service: await aService(ctx, { price: '1000' }) }];
    const patientId = (await aPatient(ctx)).id;
    const home = await aBill(cashier, { patientId, lines });
    expect(home).toMatchObject({ placeOfSupply: '27', recipient: null });
    expect(home.lines[0]?.taxes.map(({ name }) => name)).toEqual(['CGST', 'SGST']);
    const away = { placeOfSupply: '29', payerChoice: `payer:${works.id}` };
    const bill = await aBill(cashier, { patientId, lines, ...away });
    expect(bill).toMatchObject({ placeOfSupply: '29', recipient: { taxNumber: '29AAGCB7383J1Z4' } });
    expect(bill.lines.map(({ taxes }) => taxes)).toEqual([
      [{ name: 'IGST', rateBp: 500, amountMinor: 5_000 }],
      [],
    ]);
    const paper = readPdf(Buffer.from((await printBill(ctx, bill.id, 'a4', () => null)).content));
    expect(paper.text.join(' ')).toContain('Karnataka (29)');
    const credited = { billId: bill.id, requestKey: randomUUID(), lines: '[{"line":0,"quantity":1}]' };
    const { note } = await creditBill(cashier, creditBillInput.parse({ ...credited, reason: 'Not done' }));
    expect(note).toMatchObject({ placeOfSupply: '29', taxMinor: -5_000 });
    expect(note.lines[0]?.taxes).toEqual([{ name: 'IGST', rateBp: 500, amountMinor: -5_000 }]);
    const month = monthOf(today(ctx.timeZone));
    const found = gstTable('b2b', await billsOfMonth(ctx, month)).slice(1);
    expect(found.map((row) => row[2])).toEqual([bill.number]);
    // By HSN the return is the sum of all lines that were billed and credited under the registration.
    const hsn = gstTable('hsn', await billsOfMonth(ctx, month)).slice(1);
    const rows = (await billModel(ctx).find({}).lean()).filter(({ supplier }) => supplier.taxNumber);
    const billedMinor = rows.flatMap((row) => row.lines).reduce((sum, { totalMinor }) => sum + totalMinor, 0);
    expect(Math.round(hsn.reduce((sum, row) => sum + Number(row[4]), 0) * 100)).toBe(billedMinor);
    expectIndexed(await findOfMonth(ctx, month).explain('executionStats'));
  });
});
