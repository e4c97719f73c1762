import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSealed } from '@/lib/crypto/field-cipher';
import { today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aShift } from '@/tests/builders/bill';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { readDayBook } from '../day-book/queries';
import { shiftModel } from '../shifts/model';
import { findShiftsToDeposit, listShiftsToDeposit } from '../shifts/queries';
import { closeShiftInput } from '../shifts/schema';
import { closeShift } from '../shifts/service';
import { depositModel } from './model';
import { depositsOfDay, findDepositsOf, listDeposits } from './queries';
import { depositListQuery, makeDepositInput } from './schema';
import { makeDeposit, withdrawDeposit } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let manager: ReturnType<typeof org.ctx>;
let day = '';
beforeAll(async () => {
  org = await testOrganization({ maxUsers: null });
  manager = org.ctx();
  day = today(manager.timeZone);
  // 500 of float and 2,000 more that nobody knows of: counted with a reason.
  for (const who of [org.ctx('cashier'), org.ctx('receptionist')]) {
    await aShift(who, '500');
    const count = { denomination: ['note-50000'], pieces: ['5'], isRestNone: 'on', reason: 'Late entry' };
    await closeShift(who, closeShiftInput.parse(count));
  }
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const typed = (amounts: Record<string, string>, more: Record<string, unknown> = {}) =>
  makeDepositInput.parse({
    ...{ requestKey: randomUUID(), bank: 'State Bank', slipNumber: '0042', carriedBy: 'Ravi' },
    ...{ shiftId: Object.keys(amounts), amount: Object.values(amounts), ...more },
  });

describe('a bank deposit', () => {
  it('takes cash of closed shifts, adds up, and stands in the day book', async () => {
    const shifts = await listShiftsToDeposit(manager);
    expect(shifts.map(({ leftMinor, takingsMinor }) => [leftMinor, takingsMinor])).toEqual([
      [250_000, 200_000],
      [250_000, 200_000],
    ]);
    const [one, two] = shifts.map(({ id }) => id);
    const wanted = typed({ [one ?? '']: '2000', [two ?? '']: '1,500' });
    const made = await makeDeposit(manager, wanted);
    expect(made).toMatchObject({
      amountMinor: 350_000,
      parts: [{ amountMinor: 200_000 }, { amountMinor: 150_000 }],
    });
    expect(made.number).toMatch(/^D\//);
    expect(await makeDeposit(manager, wanted)).toEqual(made);
    // What is in the bank is no longer offered; of the other the rest is.
    expect(await listShiftsToDeposit(manager)).toMatchObject([{ id: two, takingsMinor: 50_000 }]);
    expect((await readDayBook(manager, day)).deposits).toEqual({ documents: 1, amountMinor: 350_000 });
    expect(isSealed(String((await depositModel(manager).collection.findOne({}))?.carriedBy))).toBe(true);
  });

  it('is never more than is left of a shift, also of two at the same moment', async () => {
    const [shift] = await listShiftsToDeposit(manager);
    const id = shift?.id ?? '';
    await expect(makeDeposit(manager, typed({ [id]: '1001' }))).rejects.toMatchObject({ code: 'CONFLICT' });
    const both = await Promise.allSettled([1, 2].map(() => makeDeposit(manager, typed({ [id]: '900' }))));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await depositsOfDay(manager, day)).amountMinor).toBe(440_000);
  });

  it('that was wrong is taken back once, by a row of its own, and the shift has its cash again', async () => {
    const { deposits } = await listDeposits(manager, depositListQuery.parse({}));
    const wrong = deposits.find(({ amountMinor }) => amountMinor === 350_000)?.id ?? '';
    const back = () =>
      withdrawDeposit(manager, { depositId: wrong, requestKey: randomUUID(), reason: 'Other slip' });
    const both = await Promise.allSettled([back(), back()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await depositsOfDay(manager, day)).amountMinor).toBe(90_000);
    expect((await listShiftsToDeposit(manager)).map(({ takingsMinor }) => takingsMinor)).toEqual([
      200_000, 110_000,
    ]);
    const { deposits: after } = await listDeposits(manager, depositListQuery.parse({}));
    const reversal = after.find(({ isReversal }) => isReversal)?.id ?? '';
    await expect(
      withdrawDeposit(manager, { depositId: reversal, requestKey: randomUUID(), reason: 'Again' }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is what coins make, and a drawer with an odd amount of before is still counted, closed and emptied', async () => {
    const who = org.ctx('cashier');
    const { id } = await aShift(who, '500');
    // As it was entered before cash had to be of coins.
    await shiftModel(who).updateOne({ _id: id }, { $inc: { 'totals.cash': 100_037 } });
    const count = { denomination: ['note-50000'], pieces: ['3'], isRestNone: 'on' };
    await expect(closeShift(who, closeShiftInput.parse(count))).rejects.toMatchObject({ field: 'reason' });
    const closed = await closeShift(who, closeShiftInput.parse({ ...count, reason: 'Paise of before' }));
    expect(closed).toMatchObject({ status: 'closed' });
    await expect(makeDeposit(manager, typed({ [id]: '999.50' }))).rejects.toMatchObject({
      ...{ code: 'INVALID_INPUT', field: 'amount', message: /no coin below ₹1/ },
    });
    // What went to the bank with odd paise leaves an odd rest, which may follow, and come back.
    await shiftModel(who).updateOne({ _id: id }, { $set: { depositedMinor: 50_050 } });
    await expect(makeDeposit(manager, typed({ [id]: '0.25' }))).rejects.toMatchObject({ field: 'amount' });
    const { id: depositId } = await makeDeposit(manager, typed({ [id]: '999.50' }));
    await withdrawDeposit(manager, { depositId, requestKey: randomUUID(), reason: 'Other slip' });
    expect(await shiftModel(who).findById(id).lean()).toMatchObject({ depositedMinor: 50_050 });
  });

  it('is not of a shift that is open, and lists are read by an index', async () => {
    const { id } = await aShift(org.ctx('cashier'), '700');
    await expect(makeDeposit(manager, typed({ [id]: '10' }))).rejects.toMatchObject({ code: 'CONFLICT' });
    expectIndexed(await findShiftsToDeposit(manager).explain('executionStats'));
    expectIndexed(await findDepositsOf(manager, day).explain('executionStats'));
  });

  it.each([
    ['nothing', [''], ['a'.repeat(24)]],
    ['zero', ['0'], ['a'.repeat(24)]],
    ['more amounts than shifts', ['1', '2'], ['a'.repeat(24)]],
    ['one shift twice', ['1', '2'], ['a'.repeat(24), 'a'.repeat(24)]],
    ['what is no amount', ['ten'], ['a'.repeat(24)]],
  ])('of %s is refused', (_what, amount, shiftId) => {
    expect(makeDepositInput.safeParse({ ...typed({ ['b'.repeat(24)]: '1' }), amount, shiftId }).success).toBe(
      false,
    );
  });
});
