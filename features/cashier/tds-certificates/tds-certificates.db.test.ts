import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSealed } from '@/lib/crypto/field-cipher';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBill, aService } from '@/tests/builders/bill';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aPayer, aSettlement, theClaim } from '@/tests/builders/payer';
import { reverseSettlement } from '../settlements/service';
import { tdsCertificateModel } from './model';
import { quarterOf } from './policy';
import { findTdsCertificates, MOST_CERTIFICATES, readTds } from './queries';
import { addTdsCertificateInput } from './schema';
import { addTdsCertificate, withdrawTdsCertificate } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let other: typeof org;
let ctx: ReturnType<typeof org.ctx>;
let day = '';
let payer: Awaited<ReturnType<typeof aPayer>>;
beforeAll(async () => {
  org = await testOrganization({ maxUsers: null });
  other = await testOrganization();
  ctx = org.ctx('cashier');
  day = today(ctx.timeZone);
  payer = await aPayer(org.ctx(), { name: 'Star Health', tds: '10' });
});
afterAll(async () => {
  await org.dispose();
  await other.dispose();
  await closeConnections();
});

const typed = (more: Record<string, string> = {}) =>
  addTdsCertificateInput.parse({
    ...{ requestKey: randomUUID(), payerId: payer.id, quarter: quarterOf(day), number: 'ABC 123' },
    ...{ amount: '60', receivedDay: day },
    ...more,
  });
const rowOf = async () => (await readTds(ctx)).rows.find(({ payerId }) => payerId === payer.id);
async function settled(received: string, tds: string) {
  const service = await aService(org.ctx(), { price: '1000' });
  const patientId = (await aPatient(org.ctx())).id;
  await aBill(org.ctx(), { patientId, lines: [{ service }], payerChoice: `payer:${payer.id}` });
  const claimId = (await theClaim(org.ctx(), payer.id)).id;
  return aSettlement(ctx, {
    ...{ payerId: payer.id, amount: received, receivedDay: day },
    parts: [{ claimId, received, tds }],
  });
}

describe('a certificate of tax withheld', () => {
  it('is held against what the payer withheld in its quarter, less what was reversed', async () => {
    await settled('900', '100');
    expect(await rowOf()).toMatchObject({ minor: 10_000, certifiedMinor: 0, missingMinor: 10_000 });
    const made = await addTdsCertificate(ctx, typed());
    expect(await rowOf()).toMatchObject({ minor: 10_000, certifiedMinor: 6_000, missingMinor: 4_000 });
    await addTdsCertificate(ctx, typed({ number: 'ABC 124', amount: '40' }));
    expect(await rowOf()).toMatchObject({ missingMinor: 0 });
    const wrong = await settled('800', '200');
    expect(await rowOf()).toMatchObject({ missingMinor: 20_000 });
    await reverseSettlement(ctx, { settlementId: wrong.id, reason: 'Entered twice' });
    expect(await rowOf()).toMatchObject({ minor: 10_000, missingMinor: 0 });
    await withdrawTdsCertificate(ctx, { certificateId: made.id, reason: 'Of another hospital' });
    expect(await rowOf()).toMatchObject({ certifiedMinor: 4_000, missingMinor: 6_000 });
    const stored = await tdsCertificateModel(ctx).collection.findOne({ isWithdrawn: true });
    expect(isSealed(String(stored?.reason))).toBe(true);
    await expect(
      withdrawTdsCertificate(ctx, { certificateId: made.id, reason: 'Again' }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    // Withdrawn, its number may come again.
    await addTdsCertificate(ctx, typed());
  });

  it('is entered once, by the same press and by its number', async () => {
    const one = typed({ number: 'XYZ-1' });
    const both = await Promise.all([addTdsCertificate(ctx, one), addTdsCertificate(ctx, one)]);
    expect(both[0]).toEqual(both[1]);
    await expect(addTdsCertificate(ctx, typed({ number: 'xyz -1' }))).rejects.toMatchObject({
      field: 'number',
    });
  });

  it.each([
    ['amount', { amount: '0' }],
    ['receivedDay', { receivedDay: '2099-01-01' }],
    ['quarter', { quarter: '2099-Q1' }],
  ])('with a wrong %s is refused', async (field, more) => {
    await expect(addTdsCertificate(ctx, typed(more))).rejects.toMatchObject({ field });
  });

  it('is of a payer and a hospital of its own', async () => {
    const made = await addTdsCertificate(ctx, typed({ number: 'OWN-1' }));
    await expect(addTdsCertificate(other.ctx(), typed())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(
      withdrawTdsCertificate(other.ctx(), { certificateId: made.id, reason: 'No' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await readTds(other.ctx())).certificates).toEqual([]);
  });

  it('counts in the figures however many there are', async () => {
    const many = await aPayer(org.ctx(), { name: 'Many certificates' });
    const one = await addTdsCertificate(ctx, typed({ payerId: many.id, number: 'M-0', amount: '1' }));
    const row = await tdsCertificateModel(ctx)
      .findOne({ numberKey: `${many.id}:M-0` })
      .orFail()
      .lean();
    const more = Array.from({ length: MOST_CERTIFICATES }, (_, index) => {
      const { _id, requestKey: _key, ...rest } = row;
      return { ...rest, number: `M-${index + 1}`, numberKey: `${many.id}:M-${index + 1}` };
    });
    await tdsCertificateModel(ctx).collection.insertMany(more);
    const { rows, certificates } = await readTds(ctx);
    expect(certificates).toHaveLength(MOST_CERTIFICATES);
    const found = rows.find(({ payerId }) => payerId === many.id);
    expect(found).toMatchObject({ certifiedMinor: (MOST_CERTIFICATES + 1) * one.amountMinor });
    await tdsCertificateModel(ctx).collection.deleteMany({ payerId: row.payerId });
  });

  it('is read by an index', async () => {
    const since = quarterOf(shiftDay(day, -700));
    expectIndexed(await findTdsCertificates(ctx, since).explain('executionStats'));
  });
});
