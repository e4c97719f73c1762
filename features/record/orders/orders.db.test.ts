import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creditBillInput } from '@/features/cashier/bills/schema';
import { billedByHand } from '@/features/cashier/bills/service';
import { chargeModel } from '@/features/cashier/charges/model';
import { sourceKey } from '@/features/cashier/charges/policy';
import { listOpenCharges } from '@/features/cashier/charges/queries';
import { creditBill } from '@/features/cashier/payments/service';
import { listPriced } from '@/features/cashier/price-list/queries';
import { setPriceInput } from '@/features/cashier/price-list/schema';
import { setPrice } from '@/features/cashier/price-list/service';
import { isSealed } from '@/lib/crypto/field-cipher';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBill } from '@/tests/builders/bill';
import { anExamination } from '@/tests/builders/examination';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aVisit } from '@/tests/builders/visit';
import { assessInput } from '../examinations/schema';
import { assess } from '../examinations/service';
import { orderModel } from './model';
import { findDoneProcedures, findOrders, listOrders, listOrdersOfVisit } from './queries';
import { orderListQuery } from './schema';
import { completeOrder, reopenOrder } from './service';

let a: Awaited<ReturnType<typeof testOrganization>>;
let b: typeof a;
let doctor: TenantContext;
let technician: TenantContext;
beforeAll(async () => {
  a = await testOrganization({ maxUsers: null });
  b = await testOrganization();
  doctor = a.ctx('doctor');
  technician = a.ctx('optometrist');
  const ctx = a.ctx();
  const services = await listPriced(ctx, today(ctx.timeZone));
  for (const [code, price] of [
    ['OCT-MAC', '1500'],
    ['YAG-CAP', '3000'],
  ]) {
    const serviceId = services.find((one) => one.code === code)?.id;
    await setPrice(ctx, setPriceInput.parse({ serviceId, price, from: today(ctx.timeZone) }));
  }
});
afterAll(async () => {
  await a.dispose();
  await b.dispose();
  await closeConnections();
});

const ASKED = {
  ...{ 'investigation1-what': 'OCT macula', 'investigation1-side': 'right' },
  ...{ 'procedure1-what': 'YAG capsulotomy', 'procedure1-side': 'both', 'procedure1-urgency': 'urgent' },
};
/** A visit whose doctor has asked for a test and a procedure. */
async function asked(isSigned = false, fields: Record<string, unknown> = ASKED) {
  const { id: visitId, patientId } = await aVisit(doctor);
  await anExamination(doctor, { visitId, assessed: fields, isSigned });
  const all = await listOrdersOfVisit(doctor, visitId);
  const of = (kind: string) => all.find((one) => one.kind === kind)?.id ?? '';
  return { visitId, patientId, all, test: of('investigation'), procedure: of('procedure') };
}
const open = async (patientId: string) =>
  (await listOpenCharges(doctor, patientId)).filter(({ source }) => source !== 'visit');

describe('what a visit asks for', () => {
  it('is to be done from the save on, urgent first, and is sealed', async () => {
    const { visitId, all } = await asked();
    expect(all.map(({ what, status }) => [what, status]).sort()).toEqual([
      ['OCT macula', 'requested'],
      ['YAG capsulotomy', 'requested'],
    ]);
    const shown = async (show: string) =>
      (await listOrders(technician, orderListQuery.parse({ show }))).orders;
    const calm = await asked(false, { ...ASKED, 'procedure1-urgency': 'routine' });
    const again = await asked();
    expect((await shown('tests')).map((one) => one.visitId)).toEqual([visitId, calm.visitId, again.visitId]);
    // The one that can wait stands behind an urgent one that came later.
    const procedures = (await shown('procedures')).map((one) => one.visitId);
    expect(procedures).toEqual([visitId, again.visitId, calm.visitId]);
    expect(isSealed(String((await orderModel(doctor).collection.findOne({}))?.what))).toBe(true);
    expectIndexed(await findOrders(doctor, orderListQuery.parse({})).explain('executionStats'));
    expectIndexed(await findDoneProcedures(doctor, [newObjectId().toString()]).explain('executionStats'));
    expectIndexed(
      await findOrders(doctor, orderListQuery.parse({ show: 'completed' })).explain('executionStats'),
    );
  });

  it('is charged once it is done, once of two who say so, and void when it was not done after all', async () => {
    const { patientId, procedure } = await asked();
    expect(await open(patientId)).toEqual([]);
    const both = await Promise.allSettled(
      [technician, doctor].map((ctx) => completeOrder(ctx, { orderId: procedure })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await open(patientId)).toMatchObject([
      { source: 'procedure', code: 'YAG-CAP', quantity: 2, unitMinor: 300_000 },
    ]);
    const undone = await reopenOrder(technician, { orderId: procedure, reason: 'Other eye' });
    expect(undone).toMatchObject({ status: 'requested', done: null });
    expect(await open(patientId)).toEqual([]);
    await expect(reopenOrder(technician, { orderId: procedure, reason: 'Again' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await completeOrder(technician, { orderId: procedure });
    expect(await open(patientId)).toHaveLength(1);
  });

  it('a test that the signature has charged is charged once, and stays when it is said not to be done', async () => {
    const { patientId, test } = await asked(true);
    expect(await open(patientId)).toMatchObject([{ source: 'order', code: 'OCT-MAC' }]);
    expect(await completeOrder(technician, { orderId: test })).toMatchObject({ done: { isPriced: true } });
    expect(await open(patientId)).toHaveLength(1);
    await reopenOrder(technician, { orderId: test, reason: 'Camera broke' });
    expect(await open(patientId)).toHaveLength(1);
  });

  it('on a bill is to be credited when it was not done, never silently', async () => {
    const { patientId, visitId, procedure } = await asked();
    await completeOrder(technician, { orderId: procedure });
    expect(await open(patientId)).toMatchObject([{ visitId }]);
    const of = { sourceKey: sourceKey.procedure(procedure) };
    await chargeModel(doctor).updateOne(of, { $set: { status: 'billed' } });
    await reopenOrder(technician, { orderId: procedure, reason: 'Not tolerated' });
    expect(await chargeModel(doctor).findOne(of).orFail().lean()).toMatchObject({
      ...{ isToCredit: true, toCreditQuantity: 2, status: 'billed' },
    });
  });

  it('that is taken out is revoked, and one that was done stays done with its charge', async () => {
    const { visitId, patientId, test, procedure } = await asked();
    await completeOrder(technician, { orderId: test });
    await completeOrder(technician, { orderId: procedure });
    const fields = { visitId, version: 1, diagnoses: ['H25.1:left'] };
    await assess(doctor, assessInput.parse(fields));
    expect((await listOrdersOfVisit(doctor, visitId)).map(({ status }) => status)).toEqual([
      'completed',
      'completed',
    ]);
    expect(await open(patientId)).toHaveLength(2);
    // Not done after all: nothing asks for it any more.
    expect(await reopenOrder(technician, { orderId: procedure, reason: 'Mistake' })).toMatchObject({
      status: 'revoked',
    });
    await expect(completeOrder(technician, { orderId: procedure })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('without a price on the list is done, and says that nothing is charged', async () => {
    const { patientId, all } = await asked(false, {
      ...{ 'procedure1-what': 'Squint surgery', 'procedure1-side': 'right' },
    });
    const done = await completeOrder(technician, { orderId: all[0]?.id ?? '' });
    expect(done).toMatchObject({ status: 'completed', done: { isPriced: false } });
    expect(await open(patientId)).toEqual([]);
  });

  it('is of one hospital', async () => {
    const { test } = await asked();
    await expect(completeOrder(b.ctx(), { orderId: test })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a procedure that a bill had before it was done', () => {
  /** Billed at the counter from the price list, before anybody had said that it was done. */
  async function billed(of: { patientId: string; visitId: string }, quantity: number, code = 'YAG-CAP') {
    const ctx = a.ctx();
    const service = (await listPriced(ctx, today(ctx.timeZone))).find((one) => one.code === code);
    if (!service) throw new Error('It is not on the list');
    return aBill(ctx, { ...of, lines: [{ service, quantity }] });
  }

  it('is not charged again, and says which bill had it', async () => {
    const { patientId, visitId, procedure } = await asked();
    const bill = await billed({ patientId, visitId }, 2);
    const done = await completeOrder(technician, { orderId: procedure });
    expect(done.done).toMatchObject({ isPriced: true, billNumber: bill.number });
    expect(await open(patientId)).toEqual([]);
    // Not done after all: what the bill has is to be credited.
    await reopenOrder(technician, { orderId: procedure, reason: 'The wrong patient' });
    const row = await chargeModel(doctor)
      .findOne({ sourceKey: sourceKey.procedure(procedure) })
      .lean();
    expect(row).toMatchObject({ isToCredit: true, toCreditQuantity: 2 });
  });

  it('for one eye is charged for the other', async () => {
    const { patientId, visitId, procedure } = await asked();
    await billed({ patientId, visitId }, 1);
    // The bill has one eye, and not what was done.
    expect((await completeOrder(technician, { orderId: procedure })).done?.billNumber).toBeNull();
    expect(await open(patientId)).toMatchObject([{ quantity: 1 }]);
  });

  it('at another visit, or as another service, is charged', async () => {
    const { patientId, visitId, procedure } = await asked();
    await billed({ patientId, visitId: String(newObjectId()) }, 2);
    await billed({ patientId, visitId }, 2, 'OCT-MAC');
    expect((await completeOrder(technician, { orderId: procedure })).done?.billNumber).toBeNull();
    expect(await open(patientId)).toMatchObject([{ quantity: 2 }]);
  });

  it('once recognized is not recognized a second time', async () => {
    const twice = {
      ...ASKED,
      ...{
        'procedure2-what': 'YAG capsulotomy',
        'procedure2-side': 'right',
        'procedure2-urgency': 'routine',
      },
    };
    const { patientId, visitId, all } = await asked(false, twice);
    await billed({ patientId, visitId }, 2);
    for (const { id } of all.filter(({ kind, side }) => kind === 'procedure' && side !== 'none'))
      await completeOrder(technician, { orderId: id });
    expect(await open(patientId)).toMatchObject([{ quantity: 1 }]);
  });

  const credit = (billId: string, quantity: number) =>
    creditBill(
      a.ctx(),
      creditBillInput.parse({
        ...{ billId, requestKey: randomUUID(), reason: 'Not done' },
        lines: JSON.stringify([{ line: 0, quantity }]),
      }),
    );
  const chargeOf = (orderId: string) =>
    chargeModel(doctor)
      .findOne({ sourceKey: sourceKey.procedure(orderId) })
      .lean();

  it('and is credited leaves the list of what is to be credited with its charge', async () => {
    const { patientId, visitId, procedure } = await asked();
    const bill = await billed({ patientId, visitId }, 2);
    await completeOrder(technician, { orderId: procedure });
    await reopenOrder(technician, { orderId: procedure, reason: 'The wrong patient' });
    await credit(bill.id, 1);
    expect(await chargeOf(procedure)).toMatchObject({
      isToCredit: true,
      toCreditQuantity: 1,
      status: 'billed',
    });
    await credit(bill.id, 1);
    expect(await chargeOf(procedure)).toMatchObject({
      isToCredit: false,
      status: 'credited',
      byHandQuantity: 0,
    });
  });

  it('and is credited in part keeps what was recognized as long as the bill has as much', async () => {
    const { patientId, visitId, procedure } = await asked();
    const bill = await billed({ patientId, visitId }, 3);
    await completeOrder(technician, { orderId: procedure });
    await credit(bill.id, 1);
    expect(await chargeOf(procedure)).toMatchObject({ status: 'billed', byHandQuantity: 2 });
    await credit(bill.id, 2);
    expect(await chargeOf(procedure)).toMatchObject({ status: 'credited', byHandQuantity: 0 });
    // Billed by hand once more, it is there to be recognized.
    await billed({ patientId, visitId }, 1);
    const found = await doctor.db.transaction(async (session) => {
      const services = await listPriced(a.ctx(), today(doctor.timeZone));
      const serviceId = services.find(({ code }) => code === 'YAG-CAP')?.id ?? '';
      return billedByHand(a.ctx(), { visitId: objectId(visitId), serviceId }, session);
    });
    expect(found).toMatchObject({ quantity: 1 });
  });

  it('is recognized once by two that are done at the same moment', async () => {
    const twice = {
      ...ASKED,
      ...{ 'procedure1-side': 'right', 'procedure2-what': 'YAG capsulotomy', 'procedure2-side': 'left' },
      ...{ 'procedure2-urgency': 'routine' },
    };
    const { patientId, visitId, all } = await asked(false, twice);
    await billed({ patientId, visitId }, 1);
    await Promise.all(
      all
        .filter(({ kind }) => kind === 'procedure')
        .map(({ id }) => completeOrder(technician, { orderId: id })),
    );
    expect(await open(patientId)).toMatchObject([{ quantity: 1 }]);
  });

  it('and is done after all, once it was credited as not done, is charged', async () => {
    const { patientId, visitId, procedure } = await asked(true);
    const bill = await billed({ patientId, visitId }, 2);
    await completeOrder(technician, { orderId: procedure });
    await reopenOrder(technician, { orderId: procedure, reason: 'The wrong patient' });
    await credit(bill.id, 2);
    await completeOrder(technician, { orderId: procedure });
    expect((await open(patientId)).filter(({ source }) => source === 'procedure')).toMatchObject([
      { quantity: 2, billId: null },
    ]);
  });

  it('is charged again once its line has been credited', async () => {
    const { patientId, visitId, procedure } = await asked();
    const bill = await billed({ patientId, visitId }, 2);
    await creditBill(
      a.ctx(),
      creditBillInput.parse({
        ...{ billId: bill.id, requestKey: randomUUID(), reason: 'Billed too early' },
        lines: '[{"line":0,"quantity":2}]',
      }),
    );
    await completeOrder(technician, { orderId: procedure });
    expect(await open(patientId)).toMatchObject([{ quantity: 2 }]);
  });
});
