import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { billModel } from '@/features/cashier/bills/model';
import { creditBillInput } from '@/features/cashier/bills/schema';
import { changeBranch } from '@/features/cashier/branch-series/service';
import { moneyFigures, readDayBook } from '@/features/cashier/day-book/queries';
import { closeDay } from '@/features/cashier/day-book/service';
import { doctorShareLines, sumShares } from '@/features/cashier/doctor-shares/queries';
import { handoverModel } from '@/features/cashier/handovers/model';
import { acceptHandoverInput } from '@/features/cashier/handovers/schema';
import { acceptHandover } from '@/features/cashier/handovers/service';
import { creditBill } from '@/features/cashier/payments/service';
import { readPriced } from '@/features/cashier/price-list/queries';
import { endPriceInput, setPriceInput } from '@/features/cashier/price-list/schema';
import { endPrice, setPrice } from '@/features/cashier/price-list/service';
import { shiftModel } from '@/features/cashier/shifts/model';
import { closeShiftInput } from '@/features/cashier/shifts/schema';
import { closeShift, openShift } from '@/features/cashier/shifts/service';
import { countWaiting, listWaiting } from '@/features/dispensary/dispenses/queries';
import { pharmacyQuery } from '@/features/dispensary/dispenses/schema';
import { countDay, freeTimes, listDay } from '@/features/frontdesk/appointments/queries';
import { bookAppointmentInput } from '@/features/frontdesk/appointments/schema';
import { bookAppointment } from '@/features/frontdesk/appointments/service';
import { visitModel } from '@/features/frontdesk/queue/model';
import { listBoard, listQueue } from '@/features/frontdesk/queue/queries';
import { checkInInput } from '@/features/frontdesk/queue/schema';
import { checkIn } from '@/features/frontdesk/queue/service/check-in';
import { closeEarlierVisits } from '@/features/frontdesk/queue/service/close-earlier-visits';
import { leaveQueue } from '@/features/frontdesk/queue/service/leave-queue';
import { paperFrame } from '@/features/identity/papers/queries';
import { getBasicReport, readRange } from '@/features/insight/reports/queries';
import { noteDay } from '@/features/patients/notes/day';
import { counterStore } from '@/features/pharmacy/stores/queries';
import { addStore, updateStore } from '@/features/pharmacy/stores/service';
import { FIRST_BRANCH_ID } from '@/lib/branches';
import type { StaffRole } from '@/lib/master/vocabulary';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { EVERYWHERE } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { monthOf, shiftDay, today } from '@/lib/time';
import { instantAt } from '@/lib/wall-clock';
import { aBill, aPayment, aService, aShift } from '@/tests/builders/bill';
import { aBranch, ctxAt } from '@/tests/builders/branch';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aPrescription, aRegistration } from '@/tests/builders/prescription';
import { anAbsence, aSchedule } from '@/tests/builders/schedule';
import { closeBranch } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let there = '';
let doctor: { id: string; name: string };
const at = (role: StaffRole, branchId: string) => ctxAt(org, role, branchId);
const comes = async (ctx: TenantContext) => {
  const { id: patientId } = await aPatient(ctx);
  return (await checkIn(ctx, checkInInput.parse({ patientId, station: 'optometry', priority: 'normal' })))
    .visit;
};

beforeAll(async () => {
  org = await testOrganization({ plan: 'professional', maxUsers: null });
  doctor = await org.doctor();
  there = (await aBranch(org, 'Hebbal', 'HB')).id;
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

describe('two branches of one hospital', () => {
  it('have tokens, queue and board of their own, and one patient is in one of them', async () => {
    const [main, hebbal] = [await at('receptionist', FIRST_BRANCH_ID), await at('receptionist', there)];
    const first = await comes(main);
    const [second, third] = [await comes(hebbal), await comes(hebbal)];
    expect([first.token, second.token, third.token]).toEqual([1, 1, 2]);
    expect([first.branchId, second.branchId]).toEqual([FIRST_BRANCH_ID, there]);
    expect((await listQueue(main)).entries.map(({ visitId }) => visitId)).toEqual([first.id]);
    expect((await listBoard(hebbal)).tokens.map(({ token }) => token)).toEqual([1, 2]);
    const again = checkInInput.parse({ patientId: first.patientId, station: 'doctor', priority: 'normal' });
    await expect(checkIn(hebbal, again)).rejects.toThrow('already in the queue at Main branch with token 1');
  });

  it('let nobody move a patient of a branch at which they do not work', async () => {
    const main = await at('receptionist', FIRST_BRANCH_ID);
    const visit = await comes(await at('receptionist', there));
    const kept = Object.freeze({ ...main, ownBranches: main.branches.filter(({ isFirst }) => isFirst) });
    const leaving = { visitId: visit.id, reason: 'Went home' };
    await expect(leaveQueue(kept, leaving as never)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(
      (await listQueue(await at('receptionist', there))).entries.some((one) => one.visitId === visit.id),
    ).toBe(true);
  });

  it('share a doctor, who is at one place at a time', async () => {
    const [main, hebbal] = [await at('owner', FIRST_BRANCH_ID), await at('owner', there)];
    const day = shiftDay(today(main.timeZone), 3);
    await aSchedule(main, doctor.id, { hours: '9-11' });
    await expect(aSchedule(hebbal, doctor.id, { hours: '10-12' })).rejects.toThrow(
      /is at Main branch from 09:00/,
    );
    await aSchedule(hebbal, doctor.id, { hours: '14-15' });
    const free = async (ctx: TenantContext, branchId?: string) =>
      freeTimes(ctx, { doctorId: doctor.id, day, ...(branchId ? { branchId } : {}) });
    expect((await free(main))[0]).toBe('09:00');
    expect(await free(hebbal)).toEqual(['14:00', '14:15', '14:30', '14:45']);
    // Asked for from the other one, as who answers the phone does.
    expect(await free(main, there)).toEqual(await free(hebbal));

    const { id: patientId } = await aPatient(main);
    const booking = bookAppointmentInput.parse({
      ...{ patientId, doctorId: doctor.id, date: day, time: '14:15', durationMinutes: '15', branchId: there },
    });
    await bookAppointment(main, booking);
    await expect(bookAppointment(main, { ...booking, time: '09:05', branchId: there })).rejects.toThrow(
      /sees nobody/,
    );
    expect(await free(hebbal)).toEqual(['14:00', '14:30', '14:45']);
    expect([(await listDay(main, day)).length, (await listDay(hebbal, day)).length]).toEqual([0, 1]);
    expect((await countDay(hebbal, day)).booked).toBe(1);

    await anAbsence(hebbal, { doctorId: 'all', fromDay: day, reason: 'Fair', branchId: there, isSeen: true });
    expect(await free(hebbal)).toEqual([]);
    expect((await free(main)).length).toBeGreaterThan(0);
  });

  it('have numbers, drawers and a day book of their own, which add up', async () => {
    const [manager, hebbalManager] = [await at('owner', FIRST_BRANCH_ID), await at('owner', there)];
    const [main, hebbal] = [await at('cashier', FIRST_BRANCH_ID), await at('cashier', there)];
    const service = await aService(manager, { name: 'Field test', price: '800' });
    const day = today(main.timeZone);
    await aShift(main, '1000');
    const { id: patientId } = await aPatient(manager);
    const lines = [{ service }];
    const here = await aBill(main, { patientId, lines, doctorId: doctor.id });
    await aPayment(main, { billId: here.id, cash: '800' });
    // The drawer is at the other branch.
    const other = await aBill(hebbal, { patientId, lines, doctorId: doctor.id });
    await expect(aPayment(hebbal, { billId: other.id, cash: '800' })).rejects.toThrow(
      'Your shift is open at Main branch',
    );
    await closeShift(main, closeShiftInput.parse({ denomination: [], pieces: [], reason: 'Test' }));
    await aShift(hebbal, '500');
    await aPayment(hebbal, { billId: other.id, cash: '800' });
    expect([here.number[0], other.number.slice(0, 3)]).toEqual(['B', 'HBB']);
    expect(other.number.endsWith('/000001')).toBe(true);
    const rows = await billModel(main)
      .find({ number: op({ $in: [here.number, other.number] }) })
      .lean();
    expect(rows.map(({ branchId }) => branchId?.toString() ?? null).sort()).toEqual([there, null].sort());

    const credit = creditBillInput.parse({
      ...{ billId: other.id, reason: 'Not done', requestKey: crypto.randomUUID() },
      lines: JSON.stringify([{ line: 0, quantity: 1 }]),
    });
    await expect(creditBill(main, credit)).rejects.toThrow('This bill is of Hebbal');

    const books = [await readDayBook(manager, day), await readDayBook(hebbalManager, day)];
    expect(
      books.map(({ billedMinor, collectedMinor, shifts }) => [billedMinor, collectedMinor, shifts.length]),
    ).toEqual([
      [80_000, 80_000, 1],
      [80_000, 80_000, 1],
    ]);
    const sumOf = async (ctx: TenantContext, scope: string) =>
      (await moneyFigures(ctx, 'revenue-day', { from: day, to: day, scope })).map(
        ({ amountMinor }) => amountMinor,
      );
    expect(await sumOf(manager, EVERYWHERE)).toEqual([160_000]);
    expect(await sumOf(manager, there)).toEqual([80_000]);
    const billedFor = async (ctx: TenantContext, scope: string) =>
      sumShares(await doctorShareLines(ctx, monthOf(day), { scope })).map(({ netMinor }) => netMinor);
    expect([await billedFor(manager, EVERYWHERE), await billedFor(manager, there)]).toEqual([
      [160_000],
      [80_000],
    ]);

    // A closed day at one of them is open at the other.
    await closeDay(manager, { day });
    await expect(aBill(main, { patientId, lines })).rejects.toMatchObject({ code: 'CONFLICT' });
    await aBill(hebbal, { patientId, lines });
    expect([
      (await readDayBook(manager, day)).closed,
      (await readDayBook(hebbalManager, day)).closed,
    ]).toEqual([expect.objectContaining({ billedMinor: 80_000 }), null]);
  });

  it('close what their own earlier days have left open, and hand drawers over among themselves', async () => {
    const [main, hebbal] = [await at('receptionist', FIRST_BRANCH_ID), await at('receptionist', there)];
    const left = await Promise.all([comes(main), comes(hebbal)]);
    const ids = left.map(({ id }) => objectId(id));
    const yesterday = shiftDay(today(main.timeZone), -1);
    await visitModel(main).updateOne({ _id: ids[0] }, { $set: { day: yesterday, token: 901 } });
    await visitModel(main).updateOne({ _id: ids[1] }, { $set: { day: yesterday, token: 901 } });
    const late = { $set: { startedAt: new Date(Date.now() - 12 * 3_600_000) } };
    await visitModel(main).updateMany({ _id: op({ $in: ids }) }, late);
    await closeEarlierVisits(hebbal);
    const states = await Promise.all(ids.map((id) => visitModel(main).findById(id).orFail().lean()));
    expect(states.map(({ status }) => status)).toEqual(['in-progress', 'cancelled']);

    // A drawer of here is not taken over there.
    const giver = await at('cashier', FIRST_BRANCH_ID);
    const taker = await at('admin', there);
    if (giver.actor.kind !== 'staff' || taker.actor.kind !== 'staff') throw new Error('Nobody is there');
    await org.addStaff('cashier', 'Taker');
    const shift = await openShift(
      Object.freeze({ ...giver, actor: { ...giver.actor, userId: 'f'.repeat(24) } }),
      {
        float: '500',
      },
    );
    const handoverId = newObjectId();
    await shiftModel(giver).updateOne({ _id: objectId(shift.id) }, { $set: { handoverId } });
    await handoverModel(giver).collection.insertOne({
      ...{
        _id: handoverId,
        fromId: 'f'.repeat(24),
        fromName: 'Giver',
        toId: taker.actor.userId,
        toName: 'Taker',
      },
      ...{ shiftId: objectId(shift.id), day: today(giver.timeZone), at: new Date(), status: 'offered' },
      ...{ count: [], slips: [], countedMinor: 50_000, expectedMinor: 50_000, differenceMinor: 0 },
    });
    const count = { denomination: ['note-50000'], pieces: ['1'], isRestNone: 'on' };
    await expect(
      acceptHandover(taker, acceptHandoverInput.parse({ ...count, handoverId: handoverId.toString() })),
    ).rejects.toThrow('This drawer is at Main branch, and you work at Hebbal.');
    await shiftModel(giver).updateOne({ _id: objectId(shift.id) }, { $set: { status: 'closed' } });
  });

  it('have prices of their own, which end again', async () => {
    const [owner, hebbal] = [await at('owner', FIRST_BRANCH_ID), await at('owner', there)];
    const service = await aService(owner, { name: 'Perimetry', price: '800' });
    const from = today(owner.timeZone);
    const own = setPriceInput.parse({ serviceId: service.id, price: '650', from, branchId: there });
    await setPrice(owner, own);
    const costs = async (ctx: TenantContext) =>
      (await readPriced(ctx, [service.id], { day: from })).get(service.id)?.price?.amountMinor;
    expect([await costs(owner), await costs(hebbal)]).toEqual([80_000, 65_000]);
    await endPrice(owner, endPriceInput.parse({ serviceId: service.id, from, branchId: there }));
    expect(await costs(hebbal)).toBe(80_000);
    await expect(setPrice(owner, { ...own, branchId: 'f'.repeat(24) })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('have their own lists of who waits at the pharmacy and of what is not billed', async () => {
    const [main, hebbal] = [await at('doctor', FIRST_BRANCH_ID), await at('doctor', there)];
    const visit = await comes(await at('receptionist', there));
    await aRegistration(hebbal, 'KMC 1');
    const { id, patientName } = await aPrescription(hebbal, { visitId: visit.id });
    const waiting = async (ctx: TenantContext, q = '') =>
      (await listWaiting(ctx, pharmacyQuery.parse({ q }))).waiting.map((one) => one.id);
    expect([await waiting(main), await waiting(hebbal)]).toEqual([[], [id]]);
    // Who is looked for is found wherever they were seen.
    expect(await waiting(main, patientName)).toEqual([id]);
    expect([(await countWaiting(main)).waiting, (await countWaiting(hebbal)).waiting]).toEqual([0, 1]);
  });

  it('give out of the stores at their own place', async () => {
    const [owner, hebbal] = [await at('owner', FIRST_BRANCH_ID), await at('owner', there)];
    const first = await counterStore(owner);
    // Without a store of its own a branch is given out of the first.
    expect((await counterStore(hebbal)).id).toBe(first.id);
    const store = await addStore(hebbal, { name: 'Hebbal pharmacy', isCounter: true });
    expect(store).toMatchObject({ branchId: there, isCounter: true });
    expect([(await counterStore(owner)).id, (await counterStore(hebbal)).id]).toEqual([first.id, store.id]);
    const moved = { storeId: store.id, version: store.version, name: store.name, isCounter: true };
    await expect(updateStore(owner, { ...moved, branchId: FIRST_BRANCH_ID })).rejects.toMatchObject({
      field: 'branchId',
    });
  });

  it('are in the reports together and each alone, also after a day that was changed', async () => {
    const [owner, hebbal] = [await at('owner', FIRST_BRANCH_ID), await at('owner', there)];
    const day = shiftDay(today(owner.timeZone), -3);
    const model = visitModel(owner);
    const [here] = await model.find({ branchId: null }).limit(1).lean();
    const [other] = await model
      .find({ branchId: op({ $ne: null }) })
      .limit(1)
      .lean();
    const past = instantAt(day, '10:00', owner.timeZone);
    const visit = (row: typeof here, token: number) => ({
      ...row,
      ...{ _id: newObjectId(), day, token, startedAt: past, patientId: newObjectId(), firstDay: day },
    });
    await model.collection.insertMany([visit(here, 1), visit(other, 1), visit(other, 2)]);
    const visits = async (branch?: string) =>
      (await getBasicReport(owner, { from: day, to: day, days: 1, ...(branch ? { branch } : {}) })).now
        .visits;
    expect([await visits(), await visits(FIRST_BRANCH_ID), await visits(there)]).toEqual([3, 1, 2]);
    await model.collection.insertOne(visit(other, 3));
    // As it was summed, until somebody notes that the day has changed.
    expect(await visits(there)).toBe(2);
    await owner.db.transaction((session) => noteDay(owner, day, session));
    expect([await visits(there), await visits(), await visits(FIRST_BRANCH_ID)]).toEqual([3, 4, 1]);
    // Who is kept to a branch sees its figures, whatever the address asks for.
    const kept = Object.freeze({ ...hebbal, ownBranches: hebbal.branches.filter(({ id }) => id === there) });
    expect(readRange(kept, { from: day, to: day, branch: EVERYWHERE })).toMatchObject({ branch: there });
    expect((await getBasicReport(kept, { from: day, to: day, days: 1 })).now.visits).toBe(3);
  });

  it('have papers with their own address, whoever prints them', async () => {
    const owner = await at('owner', FIRST_BRANCH_ID);
    await changeBranch(owner, {
      branchId: there,
      name: 'Hebbal',
      numberPrefix: 'HB',
      address: '4 Lake Road\nHebbal',
    });
    const now = await at('owner', FIRST_BRANCH_ID);
    expect((await paperFrame(now)).head?.lines).not.toContain('4 Lake Road');
    expect((await paperFrame(now, there)).head?.lines).toEqual(
      expect.arrayContaining(['4 Lake Road', 'Hebbal']),
    );
  });

  it('are closed when nobody waits, nothing is booked and no drawer is open', async () => {
    const owner = await at('owner', FIRST_BRANCH_ID);
    await expect(closeBranch(owner, there)).rejects.toThrow(
      'patients who wait, appointments to come, an open shift of a cashier',
    );
    const empty = await aBranch(org, 'Whitefield', 'WF');
    expect(await closeBranch(await at('owner', FIRST_BRANCH_ID), empty.id)).toMatchObject({ isOpen: false });
    // Who worked there works at the first one.
    expect((await at('cashier', empty.id)).branch.id).toBe(FIRST_BRANCH_ID);
  });
});
