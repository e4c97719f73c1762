import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EVERYWHERE } from '@/lib/tenancy/at-branch';
import { monthOf, shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBill, aService } from '@/tests/builders/bill';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { creditBillInput } from '../bills/schema';
import { creditBill } from '../payments/service';
import { doctorShareLines, findMonth, findShareRules, listShareRules, sumShares } from './queries';
import { addShareRuleInput } from './schema';
import { addShareRule, endShareRule } from './service';

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

it('doctors have their share by the rule of the day, less what is taken back, and the sum is its lines', async () => {
  const day = today(ctx.timeZone);
  const month = monthOf(day);
  const [doctor, other] = [await org.doctor(), await org.doctor({ name: 'Dr Bose' })];
  const add = (more: Record<string, string>) =>
    addShareRule(ctx, addShareRuleInput.parse({ doctorId: doctor.id, from: day, ...more }));
  await expect(add({ rate: '10', from: shiftDay(day, -1) })).rejects.toMatchObject({ field: 'from' });
  expect(addShareRuleInput.safeParse({ doctorId: doctor.id, from: day }).success).toBe(false);
  const first = await add({ rate: '30' });
  await add({ rate: '40' });
  const surgery = await add({ group: 'surgery', fixed: '500' });
  const rules = await listShareRules(ctx);
  // Ended the day before it began: it never counted, and stays to be read.
  expect(rules.find(({ id }) => id === first.id)?.to).toBe(shiftDay(day, -1));

  const patientId = (await aPatient(ctx)).id;
  const [test, operation] = [
    await aService(ctx, { price: '1000' }),
    await aService(ctx, { price: '20000', group: 'surgery' }),
  ];
  const lines = [{ service: test, quantity: 2 }, { service: operation }];
  const discount = { discountKind: 'rate', discountRate: '10', discountReason: 'staff' };
  const bill = await aBill(ctx, { patientId, doctorId: doctor.id, lines, ...discount });
  await aBill(ctx, { patientId, doctorId: other.id, lines: [{ service: test }] });
  await aBill(ctx, { patientId, lines: [{ service: test }] });
  const read = async () => sumShares(await doctorShareLines(ctx, month, { scope: EVERYWHERE }));
  // 40 % of 1,800 and 500 for the operation.
  expect((await read()).find(({ doctorId }) => doctorId === doctor.id)).toMatchObject({
    ...{ lines: 2, netMinor: 1_980_000, shareMinor: 72_000 + 50_000, withoutRuleMinor: 0 },
  });
  expect((await read()).find(({ doctorId }) => doctorId === other.id)).toMatchObject({
    ...{ shareMinor: 0, withoutRuleMinor: 100_000 },
  });
  const credited = { billId: bill.id, requestKey: randomUUID(), reason: 'Not done' };
  const back = JSON.stringify([
    { line: 0, quantity: 1 },
    { line: 1, quantity: 1 },
  ]);
  await creditBill(ctx, creditBillInput.parse({ ...credited, lines: back }));
  expect((await read()).find(({ doctorId }) => doctorId === doctor.id)?.shareMinor).toBe(36_000);
  const own = await doctorShareLines(ctx, month, { doctorId: doctor.id, scope: EVERYWHERE });
  expect(own.reduce((sum, { shareMinor }) => sum + (shareMinor ?? 0), 0)).toBe(36_000);
  expect(own.every(({ doctorId }) => doctorId === doctor.id)).toBe(true);

  // Today still counts; a second end is refused.
  expect((await endShareRule(ctx, surgery.id)).to).toBe(day);
  await expect(endShareRule(ctx, surgery.id)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect((await read()).find(({ doctorId }) => doctorId === doctor.id)?.shareMinor).toBe(36_000);
  expectIndexed(await findShareRules(ctx).explain('executionStats'));
  expectIndexed(await findMonth(ctx, month).explain('executionStats'));
});
