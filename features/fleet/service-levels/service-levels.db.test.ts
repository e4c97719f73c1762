import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '@/server/master-models';
import { incidentModel } from '@/features/fleet/status/model';
import { noticeModel } from '@/features/platform/notifications/model';
import { sweepOverdue } from '@/features/platform/notifications/sweep';
import { syncSubscription } from '@/features/subscription/billing/sync';
import { organizationModel } from '@/lib/master/models/organization';
import { quoteModel } from '@/lib/master/models/quote';
import { newObjectId, objectId } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { forgetTenant } from '@/lib/tenancy/factory';
import { sealConnectionString } from '@/lib/tenancy/placement';
import { expectIndexed } from '@/tests/assertions/explain';
import { payAtStripe } from '@/tests/builders/billed-organization';
import { colleague } from '@/tests/builders/colleague';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { startStripe } from '@/tests/emulators/stripe';
import { findPromises, measureServiceLevels } from './measure';
import { serviceMonthModel } from './model';
import { listOwnServiceMonths, listServiceMonths } from './queries';
import { settleMonth } from './service';

const START = new Date('2031-03-31T20:00:00.000Z');
const later = (minutes: number) => new Date(START.getTime() + minutes * 60_000);

describe('what was promised of how often a database answers', () => {
  let local: Awaited<ReturnType<typeof startStripe>>;
  let finance: Awaited<ReturnType<typeof colleague>>;
  const made: Awaited<ReturnType<typeof testOrganization>>[] = [];
  beforeAll(async () => {
    local = await startStripe();
    finance = await colleague('finance');
  });
  afterAll(async () => {
    await Promise.all(made.map((one) => one.dispose().catch(() => undefined)));
    await local.stop();
    await closeConnections();
  });

  const paidOffer = (organizationId: string, availability?: number) =>
    quoteModel.create({
      organizationId: objectId(organizationId),
      ...{ state: 'paid', priceCents: 29_900, currency: 'usd', interval: 'month', priceId: 'price' },
      ...{ tokenHash: newObjectId().toString(), sentTo: 'a@b.test', sentBy: 'Sam', expiresAt: later(0) },
      ...(availability ? { availability } : {}),
    });
  /** Paid, on Enterprise, with a promise or without one. */
  async function customer(availability?: number) {
    const hospital = await testOrganization({ plan: 'professional' });
    made.push(hospital);
    const { customerId } = await payAtStripe(local, hospital.organizationId, 'professional');
    await syncSubscription(customerId);
    await organizationModel.updateOne(
      { _id: objectId(hospital.organizationId) },
      { $set: { plan: 'enterprise' } },
    );
    await paidOffer(hospital.organizationId, availability);
    return { ...hospital, customerId };
  }
  const monthsOf = (id: string, now: Date) => listServiceMonths(finance.ctx, id, now);

  it('is measured for those who were promised it alone, once a check, and not within announced maintenance', async () => {
    const [fine, away, nothing] = [await customer(9_990), await customer(9_990), await customer()];
    const id = objectId(away.organizationId);
    const { placement } = await organizationModel.findById(id).select('placement').orFail().lean();
    await measureServiceLevels(START, 0);
    // Another process, a moment later.
    await measureServiceLevels(new Date(START.getTime() + 1_000), 0);
    const uri = sealConnectionString(
      away.organizationId,
      'mongodb://u:p@127.0.0.1:1/?serverSelectionTimeoutMS=200',
    );
    await organizationModel.updateOne({ _id: id }, { $set: { 'placement.connectionString': uri } });
    forgetTenant(away.organizationId);
    await measureServiceLevels(later(2), 0);
    const incident = await incidentModel.create({
      ...{ title: 'Work on the servers', impact: 'maintenance', components: ['databases'], updates: [] },
      startedAt: later(3),
    });
    await incidentModel.collection.updateOne(
      { _id: incident._id },
      { $set: { createdAt: new Date(START.getTime() - 4 * 86_400_000) } },
    );
    await measureServiceLevels(later(4), 0);
    await incidentModel.deleteOne({ _id: incident._id });
    await organizationModel.updateOne(
      { _id: id },
      { $set: { 'placement.connectionString': placement?.connectionString } },
    );
    forgetTenant(away.organizationId);
    expect(await monthsOf(fine.organizationId, later(5))).toMatchObject([
      {
        month: '2031-03',
        isRunning: true,
        promised: 9_990,
        checks: 2,
        failed: 0,
        excused: 1,
        measured: 10_000,
      },
    ]);
    expect(await monthsOf(away.organizationId, later(5))).toMatchObject([
      { checks: 2, failed: 1, excused: 1, measured: 5_000, creditPercent: 0 },
    ]);
    expect(await monthsOf(nothing.organizationId, later(5))).toEqual([]);
    // The next month is a new row.
    await measureServiceLevels(later(300), 0);
    expect((await monthsOf(fine.organizationId, later(300))).map(({ month }) => month)).toEqual([
      '2031-04',
      '2031-03',
    ]);
    expectIndexed(await findPromises().explain('executionStats'));
    // A later offer without a promise ends it.
    const before = await measureServiceLevels(later(302), 0);
    await paidOffer(fine.organizationId);
    expect(await measureServiceLevels(later(304), 0)).toBe(before - 1);
  });

  it('and was missed proposes a credit when the month is over: told once, given once, seen by the customer', async () => {
    const hospital = await customer(9_990);
    const { organizationId, customerId } = hospital;
    await serviceMonthModel.create({
      ...{ organizationId: objectId(organizationId), month: '2031-03', promised: 9_990 },
      ...{ checks: 20_000, failed: 500, checkedAt: START },
    });
    const settle = (decision: 'credit' | 'waive', now: Date) =>
      settleMonth(
        finance.ctx,
        { organizationId, month: '2031-03', decision, reason: 'Two bad nights in March' },
        now,
      );
    await expect(settle('credit', START)).rejects.toMatchObject({ code: 'CONFLICT' });
    const april = later(300);
    while ((await sweepOverdue(april)) > 0);
    const told = () => noticeModel.find({ kind: 'service-level', href: new RegExp(organizationId) }).lean();
    expect(await told()).toMatchObject([{ detail: expect.stringContaining('97.50 % of 99.90 %') }]);
    expect(await settle('credit', april)).toBe('$74.75');
    await expect(settle('credit', april)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(settle('waive', april)).rejects.toMatchObject({ code: 'CONFLICT' });
    // As after a crash between Stripe and us: the same month is the same credit.
    await serviceMonthModel.updateOne(
      { organizationId: objectId(organizationId) },
      { $unset: { settlement: '' } },
    );
    // In other words too, and when Stripe has forgotten the key.
    const said = { organizationId, month: '2031-03', decision: 'credit' as const, reason: 'Two nights' };
    expect(await settleMonth(finance.ctx, said, april)).toBe('$74.75');
    const at = await stripe().customers.retrieve(customerId);
    expect(at.deleted ? 0 : at.balance).toBe(-7_475);
    expect(await listOwnServiceMonths(hospital.ctx('owner'), april)).toMatchObject([
      { measured: 9_750, creditWords: '$74.75' },
    ]);
    const other = await customer(9_990);
    expect(await listOwnServiceMonths(other.ctx('owner'), april)).toEqual([]);
    await noticeModel.deleteMany({ kind: 'service-level' });
    while ((await sweepOverdue(april)) > 0);
    expect(await told()).toEqual([]);
  });

  it('is waived with a reason, and a promise that was kept is owed nothing', async () => {
    const { organizationId } = await customer(9_990);
    const row = { organizationId: objectId(organizationId), promised: 9_990, checkedAt: START };
    await serviceMonthModel.create({ ...row, month: '2031-02', checks: 20_000, failed: 20 });
    await serviceMonthModel.create({ ...row, month: '2031-01', checks: 20_000, failed: 21 });
    const settle = (month: string) =>
      settleMonth(
        finance.ctx,
        { organizationId, month, decision: 'waive', reason: 'Their own firewall' },
        START,
      );
    await expect(settle('2031-02')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(settle('2030-12')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await settle('2031-01');
    expect(await monthsOf(organizationId, START)).toMatchObject([
      { month: '2031-02', creditPercent: 0 },
      { month: '2031-01', creditPercent: 10, settlement: { kind: 'waived', words: 'Their own firewall' } },
    ]);
  });
});
