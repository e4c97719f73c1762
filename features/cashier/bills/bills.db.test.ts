import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedWrite } from '@/lib/audit/audited';
import { AuditDraft } from '@/lib/audit/draft';
import { hashPassword } from '@/lib/crypto/password';
import { membershipModel } from '@/lib/master/models/membership';
import { userModel } from '@/lib/master/models/user';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { countPoint } from '@/lib/rate-limit/limiter';
import { LIMITS } from '@/lib/rate-limit/registry';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBill, aService, billFields } from '@/tests/builders/bill';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { getBillSettings } from '../bill-settings/queries';
import { billSettingsInput } from '../bill-settings/schema';
import { updateBillSettings } from '../bill-settings/service';
import { priceModel, serviceModel } from '../price-list/model';
import { listPriced } from '../price-list/queries';
import { setPriceInput } from '../price-list/schema';
import { ensureStarterServices, setPrice } from '../price-list/service';
import { moneyDayModel } from '../shifts/model';
import { confirmApprover, listApprovers } from './approval';
import { billModel } from './model';
import { feesOfVisits, getBill, listBills, listBillsOfPatient, proposeFee } from './queries';
import { billListQuery, issueBillInput } from './schema';
import { issueBill } from './service';
import { takeNumber } from './service/number';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: ReturnType<typeof org.ctx>;
let cashier: ReturnType<typeof org.ctx>;
let patientId = '';
let doctor: { id: string; name: string };
let scan: Awaited<ReturnType<typeof aService>>;

beforeAll(async () => {
  org = await testOrganization({ maxUsers: null });
  ctx = org.ctx();
  cashier = org.ctx('cashier');
  patientId = (await aPatient(ctx)).id;
  doctor = await org.doctor();
  scan = await aService(ctx, { name: 'OCT', price: '1,500.00' });
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

describe('the price list', () => {
  it('begins with the services of an eye hospital, without prices, once', async () => {
    const services = await listPriced(ctx, today(ctx.timeZone));
    expect(services.find(({ code }) => code === 'CONS-NEW')).toMatchObject({
      consultation: 'new',
      price: null,
    });
    expect(await ensureStarterServices(ctx)).toBe(0);
  });

  it('refuses what has no price, and never bills it as nothing', async () => {
    const services = await listPriced(ctx, today(ctx.timeZone));
    const unpriced = services.find(({ code }) => code === 'CERT');
    if (!unpriced) throw new Error('there is none');
    await expect(aBill(ctx, { patientId, lines: [{ service: unpriced }] })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('no price'),
    });
  });

  it('ends a price and adds the next, and asks again when it changed under a bill', async () => {
    const service = await aService(ctx, { price: '100' });
    const from = today(ctx.timeZone);
    await setPrice(
      ctx,
      setPriceInput.parse({ serviceId: service.id, price: '130', from: shiftDay(from, 3) }),
    );
    await setPrice(ctx, setPriceInput.parse({ serviceId: service.id, price: '120', from }));
    const prices = await priceModel(ctx)
      .find({ serviceId: objectId(service.id) })
      .sort({ from: -1, _id: -1 })
      .lean();
    expect(prices.map(({ amountMinor, to, from: begins }) => [amountMinor, to >= begins])).toEqual([
      [13_000, false],
      [12_000, true],
      [10_000, false],
    ]);
    await expect(aBill(ctx, { patientId, lines: [{ service }] })).rejects.toMatchObject({
      message: expect.stringContaining('₹120.00'),
    });
    const yesterday = setPriceInput.parse({ serviceId: service.id, price: '1', from: shiftDay(from, -1) });
    await expect(setPrice(ctx, yesterday)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('says in the log that a price holds its tax from now on, or no longer', async () => {
    const service = await aService(ctx, { price: '100', isInclusive: 'on' });
    const audit = new AuditDraft('service.price');
    const from = today(ctx.timeZone);
    const noted: unknown[] = [];
    audit.committed = () => noted.push(...audit.changes);
    await setPrice({ ...ctx, audit }, setPriceInput.parse({ serviceId: service.id, price: '100', from }));
    expect(noted).toContainEqual({ field: 'isInclusive', before: 'true', after: 'false' });
  });
});

describe('a bill', () => {
  it('is a copy under a number, and the same press twice is one bill', async () => {
    const fields = billFields({ patientId, doctorId: doctor.id, lines: [{ service: scan, quantity: 2 }] });
    const [first, second] = await Promise.all([issueBill(cashier, fields), issueBill(cashier, fields)]);
    expect(second.id).toBe(first.id);
    const changed = { ...fields, lines: fields.lines.map((line) => ({ ...line, quantity: 3 })) };
    await expect(issueBill(cashier, changed)).rejects.toMatchObject({
      message: expect.stringContaining(first.number),
    });
    expect(first).toMatchObject({
      totalMinor: 300_000,
      dueMinor: 300_000,
      state: 'due',
      doctorName: doctor.name,
    });
    expect(first.number).toMatch(/^B\/\d{4}\/\d{6}$/);
    await serviceModel(ctx).updateOne({ _id: objectId(scan.id) }, { $set: { name: 'Renamed' } });
    expect((await getBill(ctx, first.id)).lines[0]?.name).toBe('OCT');
  });

  it('is not changed by a write that would change what it says', async () => {
    const bill = await aBill(ctx, { patientId, lines: [{ service: scan }] });
    await billModel(ctx).updateOne({ _id: objectId(bill.id) }, { $set: { totalMinor: 1, number: 'X' } });
    expect(await getBill(ctx, bill.id)).toMatchObject({ totalMinor: 150_000, number: bill.number });
  });

  it('has taxes only where the hospital is registered', async () => {
    const lens = await aService(ctx, { taxClass: 'spectacle-lens', group: 'optical', price: '999.99' });
    expect((await aBill(ctx, { patientId, lines: [{ service: lens }] })).taxMinor).toBe(0);
    await updateBillSettings(ctx, billSettingsInput.parse({ taxNumber: '27AAPFU0939F1ZV', isRounded: 'on' }));
    const taxed = await aBill(ctx, { patientId, lines: [{ service: lens }] });
    expect(taxed.lines[0]?.taxes).toEqual([
      { name: 'CGST', rateBp: 250, amountMinor: 2_500 },
      { name: 'SGST', rateBp: 250, amountMinor: 2_500 },
    ]);
    expect(taxed).toMatchObject({ roundOffMinor: 1, totalMinor: 105_000 });
    await updateBillSettings(ctx, billSettingsInput.parse({ isRounded: 'on' }));
  });

  it('is refused on a day that is closed', async () => {
    await moneyDayModel(ctx).updateOne({ _id: today(ctx.timeZone) }, { $set: { isClosed: true } });
    await expect(aBill(ctx, { patientId, lines: [{ service: scan }] })).rejects.toMatchObject({
      message: expect.stringContaining('closed'),
    });
    await moneyDayModel(ctx).updateOne({ _id: today(ctx.timeZone) }, { $set: { isClosed: false } });
  });
});

describe('a discount', () => {
  const discounted = (rate: string, more: Record<string, string> = {}) =>
    billFields({
      patientId,
      lines: [{ service: scan }],
      ...{ discountKind: 'rate', discountRate: rate, discountReason: 'senior' },
      ...more,
    });

  it('needs a reason, and above the limit another person with their own word', async () => {
    await expect(issueBill(cashier, discounted('5', { discountReason: '' }))).rejects.toMatchObject({
      field: 'discountReason',
    });
    expect((await issueBill(cashier, discounted('10'))).discountMinor).toBe(15_000);
    const amount = (discountAmount: string) => discounted('', { discountKind: 'amount', discountAmount });
    await expect(issueBill(ctx, amount('1500.01'))).rejects.toMatchObject({ field: 'discountAmount' });
    expect((await issueBill(ctx, amount('1500'))).totalMinor).toBe(0);
    await expect(issueBill(cashier, discounted('10.01'))).rejects.toMatchObject({ field: 'approverId' });
    const approvers = await listApprovers(cashier);
    expect(approvers.map(({ id }) => id)).toContain(org.owner.id);
    const approverId = org.owner.id;
    await expect(
      issueBill(cashier, discounted('50', { approverId, approverPin: 'wrong password' })),
    ).rejects.toMatchObject({ field: 'approverPin' });
    const approved = await issueBill(cashier, discounted('50', { approverId, approverPin: TEST_PASSWORD }));
    expect(approved).toMatchObject({ totalMinor: 75_000, approvedByName: org.owner.name });
  });

  it('above the limit is never approved by the person who asks, nor by somebody without the right', async () => {
    const other = await org.addStaff('cashier', 'Other Cashier');
    await expect(
      issueBill(cashier, discounted('50', { approverId: other.id, approverPin: TEST_PASSWORD })),
    ).rejects.toMatchObject({ field: 'approverId' });
    expect((await listApprovers(ctx)).map(({ id }) => id)).not.toContain(org.owner.id);
    expect((await issueBill(ctx, discounted('100'))).state).toBe('paid');
  });
});

describe('what is posted', () => {
  const post = (line: Record<string, unknown>) => {
    const whole = { serviceId: scan.id, quantity: 1, unitMinor: 150_000, isFree: false, ...line };
    return issueBillInput.safeParse({ patientId, requestKey: randomUUID(), lines: JSON.stringify([whole]) });
  };
  it.each([
    ['a price', { unitMinor: 1 }],
    ['no price', { unitMinor: 0 }],
    ['a price below nothing', { unitMinor: -150_000 }],
    ['free of charge', { unitMinor: 0, isFree: true }],
    ['no pieces', { quantity: 0 }],
    ['half a piece', { quantity: 0.5 }],
    ['pieces below nothing', { quantity: -1 }],
  ])('is no way to a discount for who may give none: %s', async (_, line) => {
    const before = await billModel(ctx).countDocuments({});
    const read = post(line);
    if (read.success) await expect(issueBill(cashier, read.data)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await billModel(ctx).countDocuments({})).toBe(before);
  });
  it('as it was shown is billed', () => {
    expect(post({}).success).toBe(true);
  });
});

describe('an approval', () => {
  it('costs no guess where it is right, by PIN and by password, and one where it is wrong', async () => {
    const manager = await org.addStaff('admin', 'Right Manager');
    await userModel.updateOne(
      { _id: objectId(manager.id) },
      { $set: { pinHash: await hashPassword('482913') } },
    );
    const limit = LIMITS['approval.pair'].points;
    const approve = (approverPin: string) =>
      confirmApprover(cashier, { approverId: manager.id, approverPin });
    for (let turn = 0; turn < limit + 2; turn++)
      expect(await approve('482913')).toMatchObject({ name: 'Right Manager' });
    for (let turn = 0; turn < limit; turn++)
      await expect(approve('111111')).rejects.toMatchObject({ field: 'approverPin' });
    await expect(approve('482913')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    // The manager's own tries are untouched: nobody at a desk can use them up.
    expect((await countPoint('password-again.user', manager.id)).used).toBe(1);
  });

  it('is asked of those who may, however many people work here', async () => {
    const last = await org.addStaff('admin', 'Zoe Last');
    const organizationId = objectId(ctx.organizationId);
    const crowd = Array.from({ length: 210 }, () => ({
      ...{ organizationId, userId: newObjectId(), role: 'receptionist' as const, status: 'active' as const },
    }));
    await membershipModel.insertMany(crowd);
    await membershipModel.deleteOne({ userId: objectId(last.id) });
    await membershipModel.create({
      ...{ organizationId, userId: objectId(last.id), role: 'admin', status: 'active' },
    });
    expect((await listApprovers(cashier)).map(({ id }) => id)).toContain(last.id);
    await membershipModel.deleteMany({ userId: op({ $in: crowd.map(({ userId }) => userId) }) });
  });
});

describe('the fee of a visit', () => {
  it('is a new patient’s, then free with the same doctor within the days, then a review', async () => {
    const { reviewDays } = await getBillSettings(ctx);
    const now = await aService(ctx, { group: 'consultation', consultation: 'new', price: '500' });
    const review = await aService(ctx, { group: 'consultation', consultation: 'review', price: '300' });
    const person = (await aPatient(ctx)).id;
    const day = today(ctx.timeZone);
    const services = await listPriced(ctx, day);
    const fee = (on: string, doctorId: string | null) =>
      proposeFee(
        ctx,
        { services, reviewDays },
        { patientId: person, day: on, doctorId, hasComeBefore: false },
      );
    expect(await fee(day, doctor.id)).toMatchObject({ serviceId: now.id, isFree: false });
    await aBill(ctx, { patientId: person, doctorId: doctor.id, lines: [{ service: now }] });
    expect(await fee(day, doctor.id)).toMatchObject({ serviceId: review.id, isFree: true });
    expect(await fee(shiftDay(day, reviewDays), doctor.id)).toMatchObject({ isFree: true });
    expect(await fee(shiftDay(day, reviewDays + 1), doctor.id)).toMatchObject({ isFree: false });
    const other = await org.doctor({ name: 'Dr Other' });
    expect(await fee(day, other.id)).toMatchObject({ serviceId: review.id, isFree: false });
    const free = { patientId: person, lines: [{ service: review, isFree: true }] };
    await expect(aBill(ctx, { ...free, doctorId: other.id })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await aBill(ctx, { ...free, doctorId: doctor.id })).toMatchObject({
      totalMinor: 0,
      state: 'paid',
    });
  });

  it('is proposed once: a visit that has its consultation gets no other with its second bill', async () => {
    const consultation = (await listPriced(ctx, today(ctx.timeZone))).find(
      ({ consultation: kind, price }) => kind === 'new' && price,
    );
    if (!consultation) throw new Error('there is none');
    const { reviewDays } = await getBillSettings(ctx);
    const [visitId, other] = [newObjectId().toString(), newObjectId().toString()];
    const person = (await aPatient(ctx)).id;
    const coming = { patientId: person, day: today(ctx.timeZone), doctorId: doctor.id, hasComeBefore: false };
    const services = await listPriced(ctx, coming.day);
    const fee = (visit: string) => proposeFee(ctx, { services, reviewDays }, { ...coming, visitId: visit });
    await aBill(ctx, { patientId: person, visitId, lines: [{ service: scan }] });
    expect(await fee(visitId)).not.toBeNull();
    const bill = await aBill(ctx, { patientId: person, visitId, lines: [{ service: consultation }] });
    expect(await fee(visitId)).toBeNull();
    expect(await fee(other)).not.toBeNull();
    // Taken back by a credit note, it is to be billed again.
    await billModel(ctx).updateOne({ _id: objectId(bill.id) }, { $set: { 'lines.0.creditedQuantity': 1 } });
    expect(await fee(visitId)).not.toBeNull();
  });

  it('leads to the bill that is due, and not to the one that was paid after it', async () => {
    const visitId = newObjectId().toString();
    const due = await aBill(ctx, { patientId, visitId, lines: [{ service: scan }] });
    await aBill(ctx, {
      ...{ patientId, visitId, lines: [{ service: scan }] },
      ...{ discountKind: 'rate', discountRate: '100', discountReason: 'charity' },
    });
    expect((await feesOfVisits(ctx, [visitId])).get(visitId)).toEqual({
      state: 'due',
      dueMinor: due.dueMinor,
      billId: due.id,
      open: 0,
    });
  });

  it('is told of the visit without a sum', async () => {
    const [billed, unbilled] = [randomUUID(), randomUUID()].map((one) =>
      one.replaceAll('-', '').slice(0, 24),
    );
    await aBill(ctx, { patientId, visitId: billed ?? '', lines: [{ service: scan }] });
    const fees = await feesOfVisits(ctx, [billed ?? '', unbilled ?? '']);
    expect(fees.get(billed ?? '')).toMatchObject({ state: 'due', dueMinor: 150_000 });
    expect(fees.has(unbilled ?? '')).toBe(false);
  });
});

describe('a series', () => {
  it('has neither a gap nor a double after 50 bills at once, among writes that fail', async () => {
    const settings = await getBillSettings(ctx);
    const day = today(ctx.timeZone);
    const failed = () =>
      auditedWrite(ctx, async (session) => {
        await takeNumber(ctx, settings, { kind: 'bill', day }, session);
        throw new Error('killed');
      });
    const results = await Promise.allSettled(
      Array.from({ length: 65 }, (_, index) =>
        index % 13 < 3 ? failed() : aBill(cashier, { patientId, lines: [{ service: scan }] }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
    const rows = await billModel(ctx).find({ kind: 'bill' }).select('number at').lean();
    const numbers = rows.map(({ number }) => Number(number.split('/')[2])).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: rows.length }, (_, index) => index + 1));
    const byTime = [...rows].sort((a, b) => a.number.localeCompare(b.number)).map(({ at }) => at.getTime());
    expect(byTime).toEqual([...byTime].sort((a, b) => a - b));
  }, 120_000);
});

describe('the lists', () => {
  it('page through all bills, and what is due, there and back', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listBills(ctx, billListQuery.parse({ show: 'all', ...(after ? { after } : {}) }));
      seen.push(...page.bills.map(({ id }) => id));
      after = page.after ?? undefined;
    } while (after);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(await billModel(ctx).countDocuments({}));
    const due = await listBills(ctx, billListQuery.parse({}));
    expect(due.bills.every(({ dueMinor }) => dueMinor > 0)).toBe(true);
  });

  it('are served by indexes', async () => {
    const bills = billModel(ctx);
    const id = objectId(patientId);
    const { visitId } = await bills
      .findOne({ visitId: op({ $exists: true }) })
      .orFail()
      .lean();
    expect((await listBillsOfPatient(ctx, patientId)).length).toBe(50);
    const day = today(ctx.timeZone);
    const queries = {
      all: bills.find({}).sort({ at: -1, _id: -1 }).limit(26),
      due: bills.find({ isDue: true }).sort({ at: -1, _id: -1 }).limit(26),
      day: bills.find({ day }).sort({ at: -1, _id: -1 }).limit(26),
      patient: bills.find({ patientId: id }).sort({ at: -1, _id: -1 }).limit(50),
      notes: bills.find({ ofBillId: id }).sort({ at: 1 }),
      owed: bills.find({ patientId: id, isDue: true }),
      visit: bills.find({ visitId: op({ $in: [visitId ?? null] }), kind: 'bill' }),
      services: serviceModel(ctx).find({ isActive: true }).sort({ group: 1, sortName: 1, _id: 1 }),
      prices: priceModel(ctx)
        .find({ serviceId: objectId(scan.id) })
        .sort({ from: -1, _id: -1 }),
    };
    for (const query of Object.values(queries)) expectIndexed(await query.explain('executionStats'));
  });
});
