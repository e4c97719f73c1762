import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dispensePrescriptionInput } from '@/features/dispensary/dispenses/schema';
import { dispensePrescription } from '@/features/dispensary/dispenses/service';
import { leaveQueue } from '@/features/frontdesk/queue/service/leave-queue';
import { reopenVisit } from '@/features/frontdesk/queue/service/reopen-visit';
import { movementModel } from '@/features/pharmacy/medicines/model';
import { updateMedicineInput } from '@/features/pharmacy/medicines/schema';
import { returnStock, updateMedicine } from '@/features/pharmacy/medicines/service';
import { assessInput } from '@/features/record/examinations/schema';
import { assess } from '@/features/record/examinations/service';
import { auditedWrite } from '@/lib/audit/audited';
import { objectId, op } from '@/lib/mongo';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBill, aService } from '@/tests/builders/bill';
import { anExamination } from '@/tests/builders/examination';
import { aBatch, aMedicine, medicineFields } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aLine, aPrescription, aRegistration } from '@/tests/builders/prescription';
import { aVisit } from '@/tests/builders/visit';
import { getBillSettings } from '../bill-settings/queries';
import { feesOfVisits, proposeFee } from '../bills/queries';
import { creditBillInput, issueBillInput } from '../bills/schema';
import { issueBill } from '../bills/service';
import { creditBill } from '../payments/service';
import { listPriced } from '../price-list/queries';
import { setPriceInput } from '../price-list/schema';
import { setPrice } from '../price-list/service';
import { chargeModel } from './model';
import { countCharges, listCharges, listOpenCharges } from './queries';
import { chargeListQuery, setChargeAsideInput } from './schema';
import { addCharges, setChargeAside } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: ReturnType<typeof org.ctx>;
let doctor: { id: string; name: string };
let services: Record<'new' | 'review' | 'emergency' | 'macula', Awaited<ReturnType<typeof aService>>>;

beforeAll(async () => {
  org = await testOrganization({ maxUsers: null });
  ctx = org.ctx();
  doctor = await org.doctor();
  await aRegistration(ctx, 'TN 7');
  const consultation = (kind: string, price: string) =>
    aService(ctx, { group: 'consultation', consultation: kind, price });
  services = {
    new: await consultation('new', '500'),
    review: await consultation('review', '300'),
    emergency: await consultation('emergency', '1000'),
    macula: await aService(ctx, { name: 'OCT of the macula', code: 'MACULA', price: '1500' }),
  };
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const open = (patientId: string) => listOpenCharges(ctx, patientId);
/** What the page posts for charges, as they were shown. */
const chargedFields = async (patientId: string, more: Record<string, unknown> = {}) =>
  issueBillInput.parse({
    ...{ patientId, doctorId: doctor.id, requestKey: randomUUID(), ...more },
    lines: JSON.stringify(
      (await open(patientId)).map(({ id, quantity, unitMinor, isFree }) => ({
        ...{ chargeId: id, quantity, unitMinor, isFree },
      })),
    ),
  });
const credit = (billId: string, quantity: number) =>
  creditBill(
    ctx,
    creditBillInput.parse({
      ...{ billId, requestKey: randomUUID(), reason: 'Undone' },
      lines: JSON.stringify([{ line: 0, quantity }]),
    }),
  );

describe('a check-in', () => {
  it('charges a new patient, then a free review with the same doctor, then a review', async () => {
    const { reviewDays } = await getBillSettings(ctx);
    const { id: patientId } = await aPatient(ctx);
    const visit = await aVisit(ctx, { patientId, doctorId: doctor.id });
    expect(await open(patientId)).toMatchObject([
      { name: services.new.name, unitMinor: 50_000, visitId: visit.id, source: 'visit', isFree: false },
    ]);
    await issueBill(ctx, await chargedFields(patientId, { visitId: visit.id }));
    expect(await open(patientId)).toEqual([]);
    const within = new Date(Date.now() + (reviewDays - 1) * 86_400_000);
    await aVisit(ctx, { patientId, doctorId: doctor.id }, within);
    expect(await open(patientId)).toMatchObject([{ consultation: 'review', isFree: true, unitMinor: 0 }]);
    const other = await org.doctor({ name: 'Dr Other' });
    const later = new Date(Date.now() + (reviewDays + 20) * 86_400_000);
    await aVisit(ctx, { patientId, doctorId: other.id }, later);
    expect((await open(patientId)).at(-1)).toMatchObject({ unitMinor: 30_000, isFree: false });
  });

  it('is of one person: a bill of somebody else names neither their visit nor what was done', async () => {
    const [theirs, mine] = [await aVisit(ctx), await aVisit(ctx)];
    const [their, own] = [theirs.patientId, mine.patientId];
    const foreign = { ...(await chargedFields(own)), visitId: theirs.id };
    await expect(issueBill(ctx, foreign)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const taken = { ...(await chargedFields(their)), patientId: own };
    await expect(issueBill(ctx, taken)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await open(their)).toMatchObject([{ status: 'open' }]);
    expect((await feesOfVisits(ctx, [theirs.id])).get(theirs.id)).toMatchObject({ billId: null, open: 1 });
    await issueBill(ctx, { ...(await chargedFields(own)), visitId: mine.id });
    expect(await open(own)).toEqual([]);
  });

  it('charges an emergency as one, and nothing where the list has no price', async () => {
    const urgent = await aVisit(ctx, { priority: 'emergency' });
    expect(await open(urgent.patientId)).toMatchObject([{ unitMinor: 100_000 }]);
    const poor = await testOrganization();
    const visit = await aVisit(poor.ctx());
    expect(await listOpenCharges(poor.ctx(), visit.patientId)).toEqual([]);
    await poor.dispose();
  });

  it('that comes to nothing takes its charge along, and brings it back', async () => {
    const { id, patientId } = await aVisit(ctx);
    await leaveQueue(ctx, { visitId: id, reason: 'Had to go' });
    expect(await open(patientId)).toEqual([]);
    await reopenVisit(ctx, id);
    expect(await open(patientId)).toHaveLength(1);
    const bill = await issueBill(ctx, await chargedFields(patientId, { visitId: id }));
    await leaveQueue(ctx, { visitId: id, reason: 'Had to go' });
    // It is on a bill: that is never silent.
    const { charges } = await listCharges(ctx, chargeListQuery.parse({ show: 'credit' }));
    expect(charges).toMatchObject([{ patientId, toCreditQuantity: 1, billId: bill.id }]);
    await credit(bill.id, 1);
    expect((await countCharges(ctx)).toCredit).toBe(0);
  });

  it('is one charge, however often it is told', async () => {
    const { id, patientId } = await aVisit(ctx);
    const row = await chargeModel(ctx)
      .findOne({ visitId: objectId(id) })
      .orFail()
      .lean();
    const { sourceKey, code, name, patient, day } = row;
    const again = {
      ...{ source: 'visit' as const, sourceKey, code, name, group: 'consultation' as const },
      ...{ taxClass: 'health', quantity: 9, unitMinor: 1, isInclusive: false },
    };
    const to = { patientId: objectId(patientId), patient, day, at: new Date() };
    await Promise.all(
      [1, 2, 3].map(() => auditedWrite(ctx, (session) => addCharges(ctx, to, [again], session))),
    );
    expect(await open(patientId)).toMatchObject([{ quantity: 1, unitMinor: 50_000 }]);
  });
});

describe('a bill', () => {
  it('takes what was done once, also at two counters', async () => {
    const { id, patientId } = await aVisit(ctx);
    const results = await Promise.allSettled([
      issueBill(ctx, await chargedFields(patientId, { visitId: id })),
      issueBill(org.ctx('cashier'), await chargedFields(patientId, { visitId: id })),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'CONFLICT' },
    });
  });

  it('has the price of the day on which it was done', async () => {
    const { id, patientId } = await aVisit(ctx);
    const set = (price: string) =>
      setPrice(ctx, setPriceInput.parse({ serviceId: services.new.id, price, from: today(ctx.timeZone) }));
    await set('700');
    expect(await issueBill(ctx, await chargedFields(patientId, { visitId: id }))).toMatchObject({
      totalMinor: 50_000,
    });
    await set('500');
  });

  it('refuses what is somebody else’s, has another amount, or is there twice', async () => {
    const [mine, theirs] = [await aVisit(ctx), await aVisit(ctx)];
    const fields = await chargedFields(mine.patientId);
    const stolen = { ...fields, patientId: theirs.patientId };
    await expect(issueBill(ctx, stolen)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const cheap = { ...fields, lines: fields.lines.map((line) => ({ ...line, unitMinor: 1 })) };
    await expect(issueBill(ctx, cheap)).rejects.toMatchObject({ code: 'CONFLICT' });
    const twice = { ...fields, lines: [...fields.lines, ...fields.lines] };
    await expect(issueBill(ctx, twice)).rejects.toMatchObject({ code: 'CONFLICT' });
    const more = { ...fields, lines: fields.lines.map((line) => ({ ...line, quantity: 2 })) };
    await expect(issueBill(ctx, more)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await open(mine.patientId)).toHaveLength(1);
  });

  it('with the consultation by hand takes the charge of the visit with it', async () => {
    const { id, patientId } = await aVisit(ctx);
    const bill = await aBill(ctx, { patientId, visitId: id, lines: [{ service: services.new }] });
    expect(await open(patientId)).toEqual([]);
    // Taken back, the visit has none, and one is proposed.
    const coming = {
      ...{ patientId, visitId: id, day: today(ctx.timeZone), doctorId: null, hasComeBefore: false },
    };
    const read = async () =>
      proposeFee(ctx, { services: await listPriced(ctx, coming.day), reviewDays: 0 }, coming);
    expect(await read()).toBeNull();
    await credit(bill.id, 1);
    expect(
      await chargeModel(ctx)
        .findOne({ visitId: objectId(id) })
        .lean(),
    ).toMatchObject({ status: 'credited' });
    expect(await read()).toMatchObject({ serviceId: services.new.id });
  });

  it('of a visit that has more since is to be billed again, without a sum', async () => {
    const { id, patientId } = await aVisit(ctx);
    const fee = async () => (await feesOfVisits(ctx, [id])).get(id);
    expect(await fee()).toMatchObject({ state: 'to-bill', open: 1, billId: null });
    const bill = await issueBill(ctx, {
      ...(await chargedFields(patientId, { visitId: id })),
      ...{ discountKind: 'rate', discountRate: 10_000, discountReason: 'charity' },
    });
    expect(await fee()).toMatchObject({ state: 'paid', open: 0, billId: bill.id });
    await anExamination(ctx, { visitId: id, assessed: macula, isSigned: true });
    expect(await fee()).toMatchObject({ state: 'to-bill', open: 1, billId: bill.id });
  });
});

const macula = { 'investigation1-what': 'macula', 'investigation1-side': 'right' };

describe('a test that is asked for', () => {
  it('is charged with the signature, once, and taken back when it is taken out', async () => {
    const { id, patientId } = await aVisit(ctx);
    await anExamination(ctx, { visitId: id, assessed: macula });
    expect((await open(patientId)).map(({ source }) => source)).toEqual(['visit']);
    const twice = { ...macula, 'investigation2-what': 'Macula', 'investigation2-side': 'left' };
    const other = await aVisit(ctx);
    await anExamination(ctx, { visitId: other.id, assessed: twice, isSigned: true });
    const charged = (await open(other.patientId)).filter(({ source }) => source === 'order');
    expect(charged).toMatchObject([{ code: 'MACULA', unitMinor: 150_000, quantity: 1 }]);
    const amended = { visitId: other.id, version: 1, reason: 'Not needed', diagnoses: ['H25.1:left'] };
    await assess(ctx, assessInput.parse(amended));
    expect((await open(other.patientId)).map(({ source }) => source)).toEqual(['visit']);
    await assess(ctx, assessInput.parse({ ...amended, ...macula, version: 2 }));
    expect((await open(other.patientId)).map(({ source }) => source)).toEqual(['visit', 'order']);
  });
});

describe('what the pharmacy gives', () => {
  async function given(facts: Record<string, string> = {}) {
    const medicine = await aMedicine(ctx, facts);
    await aBatch(ctx, { medicineId: medicine.id, quantity: 10 });
    const line = aLine({ medicineId: medicine.id, name: medicine.name, quantity: 4 });
    const { id: visitId, patientId } = await aVisit(ctx);
    const prescription = await aPrescription(ctx, { visitId, lines: [line] });
    const asked = dispensePrescriptionInput.parse({
      ...{ prescriptionId: prescription.id, version: prescription.version, requestKey: randomUUID() },
      lines: JSON.stringify([{ lineId: line.id, quantity: 4 }]),
    });
    await dispensePrescription(ctx, asked);
    await dispensePrescription(ctx, asked);
    const charges = (await open(patientId)).filter(({ source }) => source === 'dispense');
    return { medicine, patientId, charges };
  }
  const back = async (medicineId: string, quantity: number) => {
    const of = { medicineId: objectId(medicineId), kind: 'dispense' as const };
    const { _id } = await movementModel(ctx).findOne(of).orFail().lean();
    await returnStock(ctx, {
      ...{ medicineId, movementId: _id.toString(), quantity, reason: 'Not needed' },
    });
  };

  it('is charged at its price with the stock, once, and less what comes back', async () => {
    const { medicine, patientId, charges } = await given();
    expect(charges).toMatchObject([
      {
        name: `${medicine.name} 0.5 %`,
        quantity: 4,
        unitMinor: 1_250,
        isInclusive: true,
        medicineId: medicine.id,
      },
    ]);
    await back(medicine.id, 1);
    const left = async () => (await open(patientId)).find(({ source }) => source === 'dispense');
    expect(await left()).toMatchObject({ quantity: 3 });
    const fields = await chargedFields(patientId);
    const lines = fields.lines.filter(({ chargeId }) => chargeId === charges[0]?.id);
    const bill = await issueBill(ctx, { ...fields, lines });
    expect(bill).toMatchObject({ totalMinor: 3_800, roundOffMinor: 50 });
    await back(medicine.id, 2);
    const row = () =>
      chargeModel(ctx)
        .findById(objectId(charges[0]?.id ?? ''))
        .orFail()
        .lean();
    expect(await row()).toMatchObject({ isToCredit: true, toCreditQuantity: 2 });
    await credit(bill.id, 2);
    expect(await row()).toMatchObject({ isToCredit: false, status: 'billed' });
    await credit(bill.id, 1);
    expect(await row()).toMatchObject({ status: 'credited' });
  });

  it('without a price is on no bill and costs no 0, until the medicine has one', async () => {
    const { medicine, patientId, charges } = await given({ price: '' });
    expect(charges).toMatchObject([{ unitMinor: null }]);
    const typed = { patientId, requestKey: randomUUID() };
    const lines = JSON.stringify([{ chargeId: charges[0]?.id, quantity: 4, unitMinor: 0 }]);
    await expect(issueBill(ctx, issueBillInput.parse({ ...typed, lines }))).rejects.toMatchObject({
      message: expect.stringContaining('no price'),
    });
    const { id: medicineId, name, version } = medicine;
    const priced = medicineFields({ name, price: '80' });
    await updateMedicine(ctx, updateMedicineInput.parse({ ...priced, medicineId, version }));
    expect((await open(patientId)).find(({ source }) => source === 'dispense')).toMatchObject({
      unitMinor: 8_000,
    });
  });
});

describe('the worklists', () => {
  it('lose a charge that somebody sets aside with a reason, which is sealed, and only once', async () => {
    const { patientId } = await aVisit(ctx);
    const [charge] = await open(patientId);
    const input = setChargeAsideInput.parse({ chargeId: charge?.id, reason: 'Sister of the nurse' });
    expect(await setChargeAside(ctx, input)).toMatchObject({ status: 'voided' });
    expect(await open(patientId)).toEqual([]);
    await expect(setChargeAside(ctx, input)).rejects.toMatchObject({ code: 'CONFLICT' });
    const stored = await chargeModel(ctx).collection.findOne({ _id: objectId(charge?.id ?? '') });
    expect(JSON.stringify(stored)).not.toContain('Sister');
  });

  it('page the oldest first, without what is free, there and back', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listCharges(ctx, chargeListQuery.parse(after ? { after } : {}));
      seen.push(...page.charges.map(({ at }) => at));
      expect(page.charges.every(({ isFree }) => !isFree)).toBe(true);
      after = page.after ?? undefined;
    } while (after);
    expect(seen).toEqual([...seen].sort());
    expect(seen).toHaveLength(await chargeModel(ctx).countDocuments({ status: 'open', isFree: false }));
  });

  it('and the other lists are served by indexes', async () => {
    const charges = chargeModel(ctx);
    const row = await charges.findOne({ source: 'dispense' }).orFail().lean();
    const { patientId, visitId, dispenseId, medicineId } = row;
    if (!dispenseId || !medicineId) throw new Error('There is no dispense');
    const order = { at: 1, _id: 1 } as const;
    const queries = [
      charges.find({ patientId, status: 'open' }).sort(order),
      charges.find({ visitId: op({ $in: [visitId ?? null] }), status: 'open' }),
      charges.find({ status: 'open', isFree: false }).sort(order).limit(26),
      charges.find({ isToCredit: true }).sort(order).limit(26),
      charges.find({ dispenseId, medicineId }),
      charges.find({ medicineId, status: 'open', unitMinor: op({ $exists: false }) }),
    ];
    for (const query of queries) expectIndexed(await query.explain('executionStats'));
    expect(shiftDay(row.day, 0)).toBe(today(ctx.timeZone, row.at));
  });
});
