import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newObjectId, objectId } from '@/lib/mongo';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBill, aService } from '@/tests/builders/bill';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aPayer } from '@/tests/builders/payer';
import { billSettingsInput } from '../bill-settings/schema';
import { updateBillSettings } from '../bill-settings/service';
import { billModel } from '../bills/model';
import { feesOfVisits, proposeFee } from '../bills/queries';
import { creditBillInput, issueBillInput } from '../bills/schema';
import { issueBill, serviceCharge } from '../bills/service';
import { chargeModel } from '../charges/model';
import { sourceKey } from '../charges/policy';
import { listOpenCharges } from '../charges/queries';
import { addCharges, reopenCharges, voidCharges } from '../charges/service';
import { creditBill } from '../payments/service';
import { listPriced } from '../price-list/queries';
import { setPackageInput, setPriceInput } from '../price-list/schema';
import { setPackage, setPrice } from '../price-list/service';
import { soldPackageModel } from './model';
import { findPackagesOf, findPackagesOfBill, listOpenPackages, listPackagesOfBill } from './queries';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: ReturnType<typeof org.ctx>;
let day = '';
type Priced = Awaited<ReturnType<typeof aService>>;
let review: Priced;
let oct: Priced;
let lens: Priced;
let cataract: Priced;

const again = async ({ id }: Priced) => (await listPriced(ctx, day)).find((one) => one.id === id) as Priced;
const include = async (service: Priced, parts: [Priced, number][], days = '30') =>
  setPackage(
    ctx,
    setPackageInput.parse({
      ...{ serviceId: service.id, version: (await again(service)).version, days },
      parts: JSON.stringify(parts.map(([part, quantity]) => ({ serviceId: part.id, quantity }))),
    }),
  );

beforeAll(async () => {
  org = await testOrganization({ maxUsers: null });
  ctx = org.ctx();
  day = today(ctx.timeZone);
  await updateBillSettings(ctx, billSettingsInput.parse({ taxNumber: '27AAPFU0939F1ZV', reviewDays: '0' }));
  review = await aService(ctx, {
    price: '300',
    group: 'consultation',
    name: 'Review',
    consultation: 'review',
  });
  oct = await aService(ctx, { price: '1500', name: 'OCT' });
  lens = await aService(ctx, { price: '8000', group: 'implant', taxClass: 'medicine', name: 'IOL' });
  cataract = await aService(ctx, { price: '25000', group: 'surgery', name: 'Cataract package' });
  await include(cataract, [
    [review, 2],
    [oct, 1],
    [lens, 1],
  ]);
  cataract = await again(cataract);
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

/** Something that is done for a patient at a visit of its own. */
async function done(patientId: string, service: Priced, on = day, visitId = newObjectId()) {
  const key = sourceKey.order(visitId.toString(), service.code);
  const patient = { name: 'Lakshmi', number: 'P-1' };
  const charge = { ...serviceCharge(service), source: 'order' as const, sourceKey: key };
  const to = { patientId: objectId(patientId), patient, visitId, day: on, at: new Date() };
  await ctx.db.transaction((session) => addCharges(ctx, to, [charge], session));
  return key;
}
const statusOf = async (key: string) => (await chargeModel(ctx).findOne({ sourceKey: key }).lean())?.status;
const credit = (billId: string, quantity = 1) =>
  creditBill(
    ctx,
    creditBillInput.parse({
      ...{ billId, requestKey: randomUUID(), reason: 'Not wanted' },
      lines: JSON.stringify([{ line: 0, quantity }]),
    }),
  );
const sold = async (patientId: string, quantity = 1) =>
  aBill(ctx, { patientId, lines: [{ service: cataract, quantity }] });

describe('a package', () => {
  it('is billed as one, without tax of its parts, and holds them from its bill on', async () => {
    const patientId = (await aPatient(ctx)).id;
    const bill = await sold(patientId);
    // What is used up in a treatment is part of it: the lens has no tax of its own.
    expect(bill).toMatchObject({ totalMinor: 2_500_000, taxMinor: 0 });
    expect(await listPackagesOfBill(ctx, bill.id)).toMatchObject([
      {
        name: 'Cataract package',
        until: shiftDay(day, 29),
        parts: [{ quantity: 2, used: 0 }, { used: 0 }, { used: 0 }],
      },
    ]);
  });

  it('has its parts used as they are done; what is more of them is billed', async () => {
    const patientId = (await aPatient(ctx)).id;
    await sold(patientId);
    const keys = [];
    for (const service of [review, review, review, oct]) keys.push(await done(patientId, service));
    expect(await Promise.all(keys.map(statusOf))).toEqual(['included', 'included', 'open', 'included']);
    expect((await listOpenCharges(ctx, patientId)).map(({ name }) => name)).toEqual(['Review']);
    const [left] = await listOpenPackages(ctx, patientId);
    expect(left?.parts.map(({ used }) => used)).toEqual([2, 1, 0]);
  });

  it('gives the last part once, to one of two that are done at the same moment', async () => {
    const patientId = (await aPatient(ctx)).id;
    await sold(patientId);
    const keys = await Promise.all([1, 2].map(() => done(patientId, oct)));
    expect((await Promise.all(keys.map(statusOf))).sort()).toEqual(['included', 'open']);
    expect((await listOpenPackages(ctx, patientId))[0]?.parts[1]?.used).toBe(1);
  });

  it('gets a part back that was not done after all, and takes it again when it was', async () => {
    const patientId = (await aPatient(ctx)).id;
    await sold(patientId);
    const key = await done(patientId, oct);
    const used = async () => (await listOpenPackages(ctx, patientId))[0]?.parts[1]?.used;
    await ctx.db.transaction((session) => voidCharges(ctx, [key], session));
    expect([await statusOf(key), await used()]).toEqual(['voided', 0]);
    await ctx.db.transaction((session) => reopenCharges(ctx, [key], session));
    expect([await statusOf(key), await used()]).toEqual(['included', 1]);
  });

  it('holds what was done on its day before it was sold, which is no line of its bill', async () => {
    const patientId = (await aPatient(ctx)).id;
    const [today, before] = [await done(patientId, oct), await done(patientId, lens, shiftDay(day, -3))];
    const [charge] = (await listOpenCharges(ctx, patientId)).filter(({ name }) => name === 'OCT');
    const twice = issueBillInput.parse({
      ...{ patientId, requestKey: randomUUID() },
      lines: JSON.stringify([
        { serviceId: cataract.id, quantity: 1, unitMinor: 2_500_000 },
        { chargeId: charge?.id, quantity: 1, unitMinor: 150_000 },
      ]),
    });
    await expect(issueBill(ctx, twice)).rejects.toMatchObject({ code: 'CONFLICT' });
    await sold(patientId);
    // What was done days before was not bought with it.
    expect([await statusOf(today), await statusOf(before)]).toEqual(['included', 'open']);
  });

  it('holds as much as it has: what is more is a line of its bill, as the page shows it', async () => {
    const patientId = (await aPatient(ctx)).id;
    const [first, second] = [await done(patientId, oct), await done(patientId, oct)];
    const [old] = [await done(patientId, oct, shiftDay(day, -3))];
    const visitId = newObjectId();
    const of = { patientId: objectId(patientId), patient: { name: 'L', number: 'P' }, visitId, day };
    const free = {
      ...serviceCharge(review, { isFree: true }),
      source: 'visit' as const,
      sourceKey: randomUUID(),
    };
    await ctx.db.transaction((session) => addCharges(ctx, { ...of, at: new Date() }, [free], session));
    const all = await listOpenCharges(ctx, patientId);
    const lineOf = (key: string | undefined, unitMinor = 150_000) => ({
      chargeId: key,
      quantity: 1,
      unitMinor,
    });
    const idOf = async (key: string) =>
      String((await chargeModel(ctx).findOne({ sourceKey: key }).orFail())._id);
    const issue = (lines: object[]) =>
      issueBill(
        ctx,
        issueBillInput.parse({
          ...{ patientId, requestKey: randomUUID() },
          lines: JSON.stringify([{ serviceId: cataract.id, quantity: 1, unitMinor: 2_500_000 }, ...lines]),
        }),
      );
    const freeLine = { ...lineOf(all.find(({ isFree }) => isFree)?.id, 0), isFree: true };
    await expect(issue([lineOf(await idOf(first))])).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'OCT is a part of Cataract package. Take its line off the bill.',
    });
    const rest = [lineOf(await idOf(second)), lineOf(await idOf(old)), freeLine];
    expect(await issue(rest)).toMatchObject({ totalMinor: 2_500_000 + 2 * 150_000 });
    expect(await Promise.all([first, second, old].map(statusOf))).toEqual(['included', 'billed', 'billed']);
  });

  it('holds nothing after its last day', async () => {
    const patientId = (await aPatient(ctx)).id;
    await sold(patientId);
    const last = await done(patientId, review, shiftDay(day, 29));
    const after = await done(patientId, review, shiftDay(day, 30));
    expect([await statusOf(last), await statusOf(after)]).toEqual(['included', 'open']);
  });

  it('that is taken back leaves what was done to be billed, at the price of its day', async () => {
    const patientId = (await aPatient(ctx)).id;
    const bill = await sold(patientId);
    const key = await done(patientId, oct);
    await credit(bill.id);
    expect(await statusOf(key)).toBe('open');
    expect(await listOpenCharges(ctx, patientId)).toMatchObject([{ unitMinor: 150_000, packageId: null }]);
    expect(await listOpenPackages(ctx, patientId)).toEqual([]);
    expect(await statusOf(await done(patientId, review))).toBe('open');
  });

  it('of which two were bought ends the unused one when one is taken back', async () => {
    const patientId = (await aPatient(ctx)).id;
    const bill = await sold(patientId, 2);
    const key = await done(patientId, oct);
    await credit(bill.id);
    expect(await statusOf(key)).toBe('included');
    expect((await listPackagesOfBill(ctx, bill.id)).map(({ isEnded }) => isEnded).sort()).toEqual([
      false,
      true,
    ]);
  });

  it('keeps what it was sold with when the price list changes', async () => {
    const patientId = (await aPatient(ctx)).id;
    const own = await aService(ctx, { price: '9000', group: 'surgery', name: 'Pterygium package' });
    await include(own, [[review, 3]]);
    const bill = await aBill(ctx, { patientId, lines: [{ service: await again(own) }] });
    await include(own, [[oct, 1]], '5');
    expect(await listPackagesOfBill(ctx, bill.id)).toMatchObject([
      { until: shiftDay(day, 29), parts: [{ name: 'Review', quantity: 3 }] },
    ]);
    await include(own, []);
    expect((await again(own)).includes).toEqual([]);
  });

  it("has a payer's own price", async () => {
    const patientId = (await aPatient(ctx)).id;
    const payer = await aPayer(ctx);
    await setPrice(
      ctx,
      setPriceInput.parse({ serviceId: cataract.id, price: '19000', from: day, payerId: payer.id }),
    );
    const bill = await issueBill(
      ctx,
      issueBillInput.parse({
        ...{ patientId, requestKey: randomUUID(), payerChoice: `payer:${payer.id}` },
        lines: JSON.stringify([{ serviceId: cataract.id, quantity: 1, unitMinor: 1_900_000 }]),
      }),
    );
    expect(bill).toMatchObject({ totalMinor: 1_900_000, payerMinor: 1_900_000 });
    expect(await listPackagesOfBill(ctx, bill.id)).toHaveLength(1);
  });

  it('pays for the fee of a visit: none is proposed, and the counter sees it as paid', async () => {
    const patientId = (await aPatient(ctx)).id;
    const bill = await sold(patientId);
    const visitId = newObjectId();
    const to = {
      patientId: objectId(patientId),
      patient: { name: 'L', number: 'P' },
      visitId,
      day,
      at: new Date(),
    };
    const key = sourceKey.visit(visitId.toString());
    const charge = { ...serviceCharge(review), source: 'visit' as const, sourceKey: key };
    await ctx.db.transaction((session) => addCharges(ctx, to, [charge], session));
    const coming = { patientId, day, doctorId: null, hasComeBefore: true, visitId: visitId.toString() };
    const services = await listPriced(ctx, day);
    expect(await proposeFee(ctx, { services, reviewDays: 0 }, coming)).toBeNull();
    const fee = async (of = visitId) => (await feesOfVisits(ctx, [of.toString()])).get(of.toString());
    // As long as something of the package is due, it is asked for.
    const due = { state: 'due', dueMinor: bill.dueMinor, billId: bill.id, open: 0 };
    expect(await fee()).toEqual(due);
    // Paid for another thing at this visit, the package is still due.
    const paid = { discountKind: 'rate', discountRate: '100', discountReason: 'charity' };
    const other = { patientId, visitId: visitId.toString(), lines: [{ service: oct }], ...paid };
    await aBill(ctx, other);
    expect(await fee()).toEqual(due);
    await billModel(ctx).updateOne({ _id: objectId(bill.id) }, { $set: { dueMinor: 0, isDue: false } });
    expect(await fee()).toMatchObject({ state: 'paid', dueMinor: 0 });
    // A test that is included says nothing of the fee.
    const tested = newObjectId();
    await done(patientId, oct, day, tested);
    expect(await fee(tested)).toBeUndefined();
  });

  it('holds no package, not itself, and nothing that is taxed by itself', async () => {
    const frame = await aService(ctx, { price: '900', group: 'optical', taxClass: 'frame', name: 'Frame' });
    const other = await aService(ctx, { price: '900', group: 'surgery', name: 'Other' });
    const room = await aService(ctx, { price: '6000', group: 'room', taxClass: 'room', name: 'Suite' });
    for (const part of [frame, room, cataract, other])
      await expect(include(other, [[part, 1]])).rejects.toMatchObject({ field: 'parts' });
    await expect(include(review, [[oct, 1]])).rejects.toMatchObject({ field: 'parts' });
    await expect(
      setPackage(ctx, { serviceId: other.id, version: 'x'.repeat(22), days: 30, parts: [] }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is never made a part of another at the same moment', async () => {
    const [a, b, c] = await Promise.all(
      ['A', 'B', 'C'].map((name) =>
        aService(ctx, { price: '900', group: 'surgery', name: `Package ${name}` }),
      ),
    );
    if (!a || !b || !c) throw new Error('they were not made');
    const both = await Promise.allSettled([include(a, [[b, 1]]), include(b, [[c, 1]])]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is read by an index', async () => {
    const [row] = await soldPackageModel(ctx).find({}).limit(1).lean();
    expectIndexed(await findPackagesOf(ctx, String(row?.patientId)).explain('executionStats'));
    expectIndexed(await findPackagesOfBill(ctx, String(row?.billId)).explain('executionStats'));
  });
});
