import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSealed } from '@/lib/crypto/field-cipher';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { readPdf } from '@/tests/assertions/pdf-text';
import { aShift } from '@/tests/builders/bill';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { closeDay } from '../day-book/service';
import { closeShiftInput } from '../shifts/schema';
import { closeShift } from '../shifts/service';
import { expenseModel } from './model';
import { printExpense } from './paper';
import { expensesOfDay, findExpensesOf, findWaiting, listExpenses } from './queries';
import { askExpenseInput, expenseListQuery } from './schema';
import { approveExpense, askExpense, payExpense, refuseExpense, returnExpense } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let manager: ReturnType<typeof org.ctx>;
let cashier: typeof manager;
let day = '';
let other: typeof org;
beforeAll(async () => {
  other = await testOrganization();
  org = await testOrganization({ maxUsers: null });
  manager = org.ctx();
  cashier = org.ctx('cashier');
  day = today(manager.timeZone);
});
afterAll(async () => {
  await org.dispose();
  await other.dispose();
  await closeConnections();
});

const asked = (amount: string, more: Record<string, string> = {}) =>
  askExpenseInput.parse({
    ...{ requestKey: randomUUID(), category: 'food', amount, payee: 'Tea stall', from: 'drawer' },
    ...more,
  });

describe('an expense', () => {
  it('is asked for, approved by somebody else, and paid out of the drawer, which then holds less', async () => {
    await aShift(cashier, '1000');
    const wanted = asked('250');
    const made = await askExpense(cashier, wanted);
    expect(made).toMatchObject({
      status: 'requested',
      amountMinor: 25_000,
      number: expect.stringMatching(/^E\//),
    });
    // The same press twice is one.
    expect(await askExpense(cashier, wanted)).toEqual(made);
    await expect(payExpense(cashier, { expenseId: made.id })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(approveExpense(cashier, { expenseId: made.id })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await approveExpense(manager, { expenseId: made.id })).toMatchObject({ status: 'approved' });
    const both = await Promise.allSettled([1, 2].map(() => payExpense(cashier, { expenseId: made.id })));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await expensesOfDay(cashier, day)).toEqual({ documents: 1, drawerMinor: 25_000, bankMinor: 0 });
    expect(isSealed(String((await expenseModel(cashier).collection.findOne({}))?.payee))).toBe(true);
  });

  it('of cash is never more than the drawer holds, and nothing is paid then', async () => {
    const { id } = await askExpense(manager, asked('900'));
    await expect(payExpense(cashier, { expenseId: id })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await expensesOfDay(cashier, day)).documents).toBe(1);
    // A manager without a drawer has none to pay out of.
    await expect(payExpense(manager, { expenseId: id })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('that came back is a row below zero, once, and the drawer has the cash again', async () => {
    const { expenses } = await listExpenses(cashier, expenseListQuery.parse({ show: 'all' }));
    const paid = expenses.find(({ status }) => status === 'paid')?.id ?? '';
    const back = () =>
      returnExpense(cashier, { expenseId: paid, reason: 'Shop was shut', requestKey: randomUUID() });
    const both = await Promise.allSettled([back(), back()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await expensesOfDay(cashier, day)).toEqual({ documents: 2, drawerMinor: 0, bankMinor: 0 });
    const pieces = { denomination: ['note-50000'], pieces: ['2'], isRestNone: 'on' };
    // 1,000 float, 250 out and in again: the count fits without a reason.
    expect(await closeShift(cashier, closeShiftInput.parse(pieces))).toMatchObject({
      closed: { expectedMinor: 100_000, differenceMinor: 0 },
      receipts: 0,
    });
  });

  it('out of the bank has its reference; what is refused is not paid', async () => {
    const bank = await askExpense(manager, asked('4000', { from: 'bank', category: 'repairs' }));
    await expect(payExpense(manager, { expenseId: bank.id })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await payExpense(manager, { expenseId: bank.id, reference: 'NEFT 77' });
    expect(await expensesOfDay(manager, day)).toMatchObject({ bankMinor: 400_000 });
    const { id } = await askExpense(cashier, asked('60'));
    expect(await refuseExpense(manager, { expenseId: id, reason: 'Not now' })).toMatchObject({
      status: 'refused',
    });
    await expect(payExpense(cashier, { expenseId: id })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it.each([['0'], ['-5'], ['1.234']])('of %s is refused', async (amount) => {
    const parsed = askExpenseInput.safeParse({ ...asked('1'), amount });
    if (!parsed.success) return;
    await expect(askExpense(manager, parsed.data)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('is found by an index, whatever it is asked by', async () => {
    expectIndexed(await findWaiting(manager, 'approved').explain('executionStats'));
    const span = { from: shiftDay(day, -30), to: day };
    const plan = JSON.stringify(await findExpensesOf(manager, 'food', span, 10).explain('executionStats'));
    expect(plan).not.toContain('COLLSCAN');
    expect(plan).not.toContain('"SORT"');
  });

  it('has a voucher, which says who got how much for what, once it is paid', async () => {
    const typed = asked('1,250.50', { from: 'bank', payee: 'Blue Courier', note: 'Lenses from Pune' });
    const { id, number } = await askExpense(manager, typed);
    await expect(printExpense(manager, id, 'a4')).rejects.toMatchObject({ code: 'CONFLICT' });
    await payExpense(manager, { expenseId: id, reference: 'NEFT 77' });
    const { content } = await printExpense(manager, id, 'a4');
    const printed = readPdf(Buffer.from(content)).text.join(' ').replace(/\s+/g, ' ');
    for (const words of [number, 'Blue Courier', 'Lenses from Pune', '1,250.50', 'NEFT 77', 'Approved by'])
      expect(printed).toContain(words);
    await expect(printExpense(other.ctx(), id, 'a4')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is not paid on a day that is closed', async () => {
    const { id } = await askExpense(manager, asked('10', { from: 'bank' }));
    await closeDay(manager, { day });
    await expect(payExpense(manager, { expenseId: id, reference: 'NEFT 78' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });
});
