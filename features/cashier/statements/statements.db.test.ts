import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectIndexed } from '@/tests/assertions/explain';
import { readPdf } from '@/tests/assertions/pdf-text';
import { aBill, aPayment, aService, aShift } from '@/tests/builders/bill';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aPayer, aSettlement, theClaim } from '@/tests/builders/payer';
import { duesOfPatient } from '../bills/queries';
import { creditBillInput } from '../bills/schema';
import { listAdvances } from '../payments/queries';
import { takeAdvanceInput } from '../payments/schema';
import { creditBill, takeAdvance } from '../payments/service';
import { printStatement } from './paper';
import { findDocuments, readAccount } from './queries';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: ReturnType<typeof org.ctx>;

beforeAll(async () => {
  org = await testOrganization({ maxUsers: null });
  ctx = org.ctx();
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

it('a patient’s account ends with what is due less what is held, whatever happened', async () => {
  const patientId = (await aPatient(ctx)).id;
  const service = await aService(ctx, { price: '1000' });
  const insurer = await aPayer(ctx);
  const agrees = async () => {
    const held = (await listAdvances(ctx, patientId)).reduce((sum, one) => sum + (one.leftMinor ?? 0), 0);
    const { closingMinor } = await readAccount(ctx, patientId, '2000-01-01');
    expect(closingMinor).toBe((await duesOfPatient(ctx, patientId)) - held);
    return closingMinor;
  };
  await aShift(ctx);
  const bill = await aBill(ctx, { patientId, lines: [{ service, quantity: 2 }] });
  expect(await agrees()).toBe(200_000);
  const typed = { patientId, requestKey: randomUUID(), method: 'cash', amount: '1500' };
  const advance = await takeAdvance(ctx, takeAdvanceInput.parse(typed));
  expect(await agrees()).toBe(50_000);
  await aPayment(ctx, { billId: bill.id, cash: '700', advance: '1000', advanceId: advance.id });
  expect(await agrees()).toBe(-20_000);
  const credited = { billId: bill.id, requestKey: randomUUID(), lines: '[{"line":0,"quantity":1}]' };
  await creditBill(ctx, creditBillInput.parse({ ...credited, reason: 'Not done' }));
  await agrees();
  await aBill(ctx, { patientId, lines: [{ service }], payerChoice: `payer:${insurer.id}` });
  await agrees();
  const cut = { received: '800', cut: '200', bearer: 'patient', reason: 'limit' };
  const parts = [{ claimId: (await theClaim(ctx, insurer.id)).id, ...cut }];
  const before = await agrees();
  await aSettlement(ctx, { payerId: insurer.id, amount: '800', parts });
  expect(await agrees()).toBe(before + 20_000);
  const { content, name } = await printStatement(ctx, patientId, undefined);
  const text = readPdf(Buffer.from(content)).text.join(' ');
  for (const words of [
    'Statement of account',
    `Bill ${bill.number}`,
    'Advance receipt',
    `Share of ${insurer.name}`,
  ])
    expect(text).toContain(words);
  expect(name).toMatch(/^statement-/);
  const { bills, receipts } = findDocuments(ctx, patientId);
  for (const query of [bills, receipts]) expectIndexed(await query.explain('executionStats'));
});
