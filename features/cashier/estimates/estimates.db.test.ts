import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { readPdf } from '@/tests/assertions/pdf-text';
import { aService, billFields } from '@/tests/builders/bill';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { billModel } from '../bills/model';
import { setPriceInput } from '../price-list/schema';
import { setPrice } from '../price-list/service';
import { estimateModel } from './model';
import { printEstimate } from './paper';
import { findEstimatesOf, getEstimate, listOpenEstimates } from './queries';
import { billEstimateInput, issueEstimateInput } from './schema';
import { billEstimate, issueEstimate, withdrawEstimate } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: ReturnType<typeof org.ctx>;
let day = '';
let surgery: Awaited<ReturnType<typeof aService>>;
let bed: typeof surgery;
beforeAll(async () => {
  org = await testOrganization();
  ctx = org.ctx();
  day = today(ctx.timeZone);
  surgery = await aService(ctx, { name: 'Phaco', group: 'surgery', price: '25000' });
  bed = await aService(ctx, { name: 'Day care bed', group: 'room', price: '1500.50' });
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const typed = (patientId: string, more: Record<string, unknown> = {}) =>
  issueEstimateInput.parse({
    ...{ patientId, requestKey: randomUUID(), validUntil: shiftDay(day, 30), note: 'One eye' },
    lines: JSON.stringify(
      [surgery, bed].map(({ id, price }) => ({ serviceId: id, quantity: 1, unitMinor: price?.amountMinor })),
    ),
    ...more,
  });
const bill = (patientId: string, estimateId: string, service = surgery) =>
  billEstimateInput.parse({
    ...billFields({ patientId, lines: [{ service }] }),
    lines: JSON.stringify([
      { serviceId: service.id, quantity: 1, unitMinor: service.price?.amountMinor, isFree: false },
    ]),
    estimateId,
  });

describe('an estimate', () => {
  it('is numbered, adds up, is one of two presses, and is printed as no bill', async () => {
    const { id: patientId } = await aPatient(ctx);
    const wanted = typed(patientId);
    const made = await issueEstimate(ctx, wanted);
    expect(made).toMatchObject({ totalMinor: 2_650_100, roundOffMinor: 50, state: 'open' });
    expect(made.number).toMatch(/^Q\/\d{4}\/000001$/);
    expect(await issueEstimate(ctx, wanted)).toEqual(made);
    const { content } = await printEstimate(ctx, made.id, 'a4');
    const text = readPdf(content).text.join(' ');
    expect(text).toContain('no bill');
    expect(text).toContain('Phaco');
    await printEstimate(ctx, made.id, 'roll');
    expect((await getEstimate(ctx, made.id)).prints).toBe(2);
    expect(await billModel(ctx).countDocuments({ patientId: made.patientId })).toBe(0);
    expectIndexed(await findEstimatesOf(ctx, patientId).explain('executionStats'));
  });

  it('keeps its prices when the list changes; its bill has those of the day, and is one', async () => {
    const { id: patientId } = await aPatient(ctx);
    const laser = await aService(ctx, { name: 'Laser', price: '3000' });
    const line = (unitMinor: number) =>
      JSON.stringify([{ serviceId: laser.id, quantity: 1, unitMinor, isFree: false }]);
    const made = await issueEstimate(ctx, typed(patientId, { lines: line(300_000) }));
    await setPrice(ctx, setPriceInput.parse({ serviceId: laser.id, price: '3500', from: day }));
    expect((await getEstimate(ctx, made.id)).totalMinor).toBe(300_000);
    const old = { ...bill(patientId, made.id, laser) };
    await expect(billEstimate(ctx, old)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await getEstimate(ctx, made.id)).state).toBe('open');
    const now = () => billEstimateInput.parse({ ...old, requestKey: randomUUID(), lines: line(350_000) });
    const both = await Promise.allSettled([billEstimate(ctx, now()), billEstimate(ctx, now())]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [issued] = await billModel(ctx).find({ patientId: made.patientId }).lean();
    expect(issued?.totalMinor).toBe(350_000);
    expect(await getEstimate(ctx, made.id)).toMatchObject({
      ...{ state: 'billed', billId: issued?._id.toString(), billNumber: issued?.number },
    });
  });

  it('that lapsed, was withdrawn or is somebody else’s makes no bill', async () => {
    const { id: patientId } = await aPatient(ctx);
    const { id: other } = await aPatient(ctx);
    const made = await issueEstimate(ctx, typed(patientId));
    await expect(billEstimate(ctx, bill(other, made.id))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await estimateModel(ctx).collection.updateOne(
      { number: made.number },
      { $set: { validUntil: shiftDay(day, -1) } },
    );
    await expect(billEstimate(ctx, bill(patientId, made.id))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await listOpenEstimates(ctx, patientId)).toEqual([]);
    const next = await issueEstimate(ctx, typed(patientId));
    await withdrawEstimate(ctx, { estimateId: next.id, reason: 'Other lens' });
    await expect(billEstimate(ctx, bill(patientId, next.id))).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(withdrawEstimate(ctx, { estimateId: next.id, reason: 'Again' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(await billModel(ctx).countDocuments({ patientId: made.patientId })).toBe(0);
  });

  it('does not hold until a day that has passed, and is not of a price that was not shown', async () => {
    const { id: patientId } = await aPatient(ctx);
    const past = typed(patientId, { validUntil: shiftDay(day, -1) });
    await expect(issueEstimate(ctx, past)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const cheap = typed(patientId, {
      lines: JSON.stringify([{ serviceId: surgery.id, quantity: 1, unitMinor: 1 }]),
    });
    await expect(issueEstimate(ctx, cheap)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
