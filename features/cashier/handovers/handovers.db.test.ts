import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isSealed } from '@/lib/crypto/field-cipher';
import { mintTenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBill, aPayment, aService, aShift } from '@/tests/builders/bill';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { closeDay } from '../day-book/service';
import { receiptModel } from '../payments/model';
import { openShiftModel, shiftModel } from '../shifts/model';
import { expectedCash } from '../shifts/policy';
import { findOwnShift, listShiftsToDeposit } from '../shifts/queries';
import { closeOtherShiftInput, closeShiftInput } from '../shifts/schema';
import { closeOtherShift, closeShift } from '../shifts/service';
import { handoverModel } from './model';
import { MOST_SLIPS } from './policy';
import { findHandoversOf, findOffersTo, listHandoversOf, listOffersToMe, listReceivers } from './queries';
import { acceptHandoverInput, giveDrawerInput } from './schema';
import { acceptHandover, giveDrawer, refuseHandover, withdrawHandover } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let other: Awaited<ReturnType<typeof testOrganization>>;
let manager: ReturnType<typeof org.ctx>;
let giver: typeof manager;
let taker: typeof manager;
let patientId = '';
let service: Awaited<ReturnType<typeof aService>>;

beforeAll(async () => {
  org = await testOrganization({ maxUsers: null });
  other = await testOrganization();
  manager = org.ctx();
  const named = async (name: string) => {
    const { id } = await org.addStaff('cashier', name);
    const base = org.ctx('cashier');
    return mintTenantContext({ ...base, actor: { ...base.actor, kind: 'staff', userId: id, name } as never });
  };
  giver = await named('Deepa');
  taker = await named('Ravi');
  patientId = (await aPatient(manager)).id;
  service = await aService(manager, { price: '500' });
});
afterAll(async () => {
  await org.dispose();
  await other.dispose();
  await closeConnections();
});
beforeEach(async () => {
  await Promise.all([openShiftModel(manager).deleteMany({}), shiftModel(manager).deleteMany({})]);
  await handoverModel(manager).deleteMany({});
});

const notes500 = (pieces: number) => ({
  denomination: ['note-50000'],
  pieces: [String(pieces)],
  isRestNone: 'on',
});
const offer = (pieces: number, more: Record<string, unknown> = {}) =>
  giveDrawer(giver, giveDrawerInput.parse({ ...notes500(pieces), toId: idOf(taker), ...more }));
const idOf = ({ actor }: typeof manager) => (actor.kind === 'staff' ? actor.userId : '');
const accept = (handoverId: string, pieces: number, more: Record<string, unknown> = {}) =>
  acceptHandover(taker, acceptHandoverInput.parse({ ...notes500(pieces), handoverId, ...more }));
const pay = async (ctx: typeof manager, typed: Record<string, string> = { cash: '500' }) =>
  aPayment(ctx, { billId: (await aBill(manager, { patientId, lines: [{ service }] })).id, ...typed });
const drawer = async (ctx: typeof manager) => {
  const open = await openShiftModel(ctx).findById(idOf(ctx)).lean();
  const row = open ? await shiftModel(ctx).findById(open.shiftId).lean() : null;
  return row ? expectedCash(row) : null;
};

describe('a drawer that is handed over', () => {
  it('is offered to colleagues who take payments, and to nobody else', async () => {
    const doctor = await org.addStaff('doctor', 'Dr Rao');
    const names = (await listReceivers(giver)).map(({ name }) => name);
    expect(names).toContain('Ravi');
    expect(names).not.toContain('Deepa');
    await aShift(giver);
    await expect(offer(2, { toId: doctor.id })).rejects.toMatchObject({ field: 'toId' });
    await expect(offer(2, { toId: idOf(giver) })).rejects.toMatchObject({ field: 'toId' });
    await expect(
      giveDrawer(taker, giveDrawerInput.parse({ ...notes500(2), toId: idOf(giver) })),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is counted by both and is then in the drawer of the second, with nothing left in the first', async () => {
    await aShift(giver);
    await pay(giver);
    await pay(giver, { card: '500', cardReference: `SLIP${randomUUID().slice(0, 6)}` });
    const { id, slips } = await offer(3);
    expect(slips).toMatchObject([{ method: 'card', amountMinor: 50_000 }]);
    const [seen] = await listOffersToMe(taker);
    // Who takes over counts without knowing what the other one has counted.
    expect(JSON.stringify(seen)).not.toMatch(/counted|150000/i);
    // Until it is answered nothing has moved, and nothing goes in or out.
    expect(await drawer(taker)).toBeNull();
    await expect(pay(giver)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(closeShift(giver, closeShiftInput.parse(notes500(3)))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(offer(3)).rejects.toMatchObject({ code: 'CONFLICT' });
    await accept(id, 3, { slip: ['0'] });
    expect(await findOwnShift(giver)).toBeNull();
    expect(await drawer(taker)).toBe(150_000);
    expect(await findOwnShift(taker)).toMatchObject({ floatMinor: 100_000, receivedMinor: 50_000 });
    expect(await listShiftsToDeposit(manager)).toEqual([]);
    await pay(taker);
    const closed = await closeShift(taker, closeShiftInput.parse(notes500(4)));
    expect(closed.closed).toMatchObject({ expectedMinor: 200_000, differenceMinor: 0 });
    // Both people's takings, once.
    expect(await listShiftsToDeposit(manager)).toMatchObject([{ leftMinor: 200_000, takingsMinor: 100_000 }]);
  });

  it('and is refused restores both drawers', async () => {
    await aShift(giver);
    await aShift(taker, '200');
    await pay(giver);
    const before = [await drawer(giver), await drawer(taker)];
    const { id } = await offer(3);
    expect(await refuseHandover(taker, { handoverId: id, reason: 'I count less' })).toMatchObject({
      status: 'refused',
      answered: { answer: 'I count less', receivedMinor: null },
    });
    expect([await drawer(giver), await drawer(taker)]).toEqual(before);
    await pay(giver);
    await pay(taker);
    expect((await closeShift(giver, closeShiftInput.parse(notes500(4)))).closed).toMatchObject({
      differenceMinor: 0,
      handed: null,
    });
    expect(
      (await closeShift(taker, closeShiftInput.parse({ ...notes500(1), reason: 'Counted in fives' }))).closed,
    ).toMatchObject({ expectedMinor: 70_000 });
    await expect(accept(id, 3)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('goes into a drawer that is open already', async () => {
    await aShift(giver);
    await aShift(taker, '500');
    await accept((await offer(2)).id, 2);
    expect(await findOwnShift(taker)).toMatchObject({ floatMinor: 50_000, receivedMinor: 100_000 });
    expect(await drawer(taker)).toBe(150_000);
  });

  it('with two counts that differ is accepted with the reason, and the difference is named', async () => {
    await aShift(giver);
    const { id } = await offer(2);
    await expect(accept(id, 1)).rejects.toMatchObject({ field: 'reason' });
    expect(await drawer(taker)).toBeNull();
    await accept(id, 1, { reason: 'One note was torn' });
    expect(await drawer(taker)).toBe(50_000);
    const [row] = await listHandoversOf(manager, today(manager.timeZone));
    expect(row).toMatchObject({
      countedMinor: 100_000,
      answered: { receivedMinor: 50_000, differenceMinor: -50_000, answer: 'One note was torn' },
    });
    const stored = await handoverModel(manager).collection.findOne({});
    expect(isSealed(String(stored?.answer))).toBe(true);
  });

  it('without one of its slips asks for the reason', async () => {
    await aShift(giver);
    await pay(giver, { cheque: '500', chequeReference: `SBI-${randomUUID().slice(0, 6)}` });
    const { id } = await offer(2);
    await expect(accept(id, 2)).rejects.toMatchObject({ field: 'reason' });
    expect(await accept(id, 2, { reason: 'At the bank' })).toMatchObject({ answered: { missingSlips: 1 } });
  });

  it('with more slips than anybody looks through is counted and closed instead: none is dropped', async () => {
    await aShift(giver);
    await pay(giver, { card: '500', cardReference: `SLIP${randomUUID().slice(0, 6)}` });
    const last = await receiptModel(giver).findOne().sort({ at: -1 }).orFail().lean();
    const set = (count: number) =>
      receiptModel(giver).collection.updateOne(
        { _id: last._id },
        { $set: { tenders: Array.from({ length: count }, () => last.tenders[0]) } },
      );
    await set(MOST_SLIPS + 1);
    await expect(offer(2)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('201 card slips and cheques'),
    });
    expect((await findOwnShift(giver))?.handoverId).toBeNull();
    await set(MOST_SLIPS);
    expect((await offer(2)).slips).toHaveLength(MOST_SLIPS);
    await set(1);
  });

  it('that does not hold what it should is explained by who gives it, without being told which way', async () => {
    await aShift(giver);
    await expect(offer(1)).rejects.toMatchObject({ field: 'reason' });
    expect(await drawer(giver)).toBe(100_000);
    await pay(giver);
    await accept((await offer(1, { reason: 'Change given twice' })).id, 1);
    const [shift] = await shiftModel(manager)
      .find({ cashierId: idOf(giver) })
      .lean();
    expect(shift).toMatchObject({
      differenceMinor: -100_000,
      handedMinor: 50_000,
      reason: 'Change given twice',
    });
  });

  it('is answered once, by the person it was offered to, and by nobody of another hospital', async () => {
    await aShift(giver);
    const { id } = await offer(2);
    await expect(refuseHandover(giver, { handoverId: id, reason: 'No' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(refuseHandover(other.ctx(), { handoverId: id, reason: 'No' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const both = await Promise.allSettled([
      accept(id, 2),
      refuseHandover(taker, { handoverId: id, reason: 'No' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const shifts = await shiftModel(manager).find({ status: 'open' }).lean();
    expect(shifts.map((row) => expectedCash(row))).toEqual([100_000]);
  });

  it('keeps the day open until it is answered; its giver or a manager takes it back', async () => {
    await aShift(giver);
    const { id } = await offer(2);
    const shiftId = (await findOwnShift(giver))?.id;
    await expect(closeDay(manager, { day: today(manager.timeZone) })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const counted = closeOtherShiftInput.parse({ ...notes500(2), shiftId });
    await expect(closeOtherShift(manager, counted)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(withdrawHandover(taker, { handoverId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await withdrawHandover(manager, { handoverId: id })).toMatchObject({ status: 'withdrawn' });
    expect((await closeOtherShift(manager, counted)).closed).toMatchObject({ differenceMinor: 0 });
  });

  it('is found by an index', async () => {
    expectIndexed(await findOffersTo(manager, idOf(taker)).explain('executionStats'));
    expectIndexed(await findHandoversOf(manager, today(manager.timeZone)).explain('executionStats'));
  });
});
