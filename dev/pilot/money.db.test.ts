import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '@/server/master-models';
import { listInvoices } from '@/features/subscription/plan-changes/queries';
import { getRevenueNow, listFigure, listRevenueMonths } from '@/features/subscription/revenue/queries';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { organizationModel } from '@/lib/master/models/organization';
import { quoteModel } from '@/lib/master/models/quote';
import { revenueMovementModel } from '@/lib/master/models/revenue-movement';
import { objectId, op } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { organizationRow } from '@/tests/builders/billed-organization';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { startStripe } from '@/tests/emulators/stripe';
import { PILOT_KINDS } from './kinds';
import { makePilot, type Pilot } from './make';
import { payPilot, requireTestKey } from './money';

// Read before anything asks for the configuration: a currency of its own, so that rows of other files do not
// count.
const currency = 'sek';
process.env.BILLING_CURRENCY = currency;

const platform = {
  actor: { kind: 'platform' as const, userId: 'u', name: 'Admin', email: 'admin@chakravue.test' },
  requestId: 'r',
};
const KINDS = ['single', 'small', 'branches', 'gulf', 'berlin', 'chain', 'late', 'stopped', 'kathmandu'];

describe('the pilot’s money', () => {
  let local: Awaited<ReturnType<typeof startStripe>>;
  let pilots: Pilot[] = [];
  const make = async () => {
    pilots = await makePilot({
      count: PILOT_KINDS.length,
      visits: 0,
      seed: 1,
      log: () => {},
      hasMoney: true,
    });
  };
  beforeAll(async () => {
    local = await startStripe();
    await ensureMasterIndexes();
    // The last of the ten is broken off in the middle of its two years.
    await local.control('faults', { path: '/v1/refunds', method: 'POST', status: 500, count: 3 });
    await expect(make()).rejects.toThrow();
    await make();
  }, 240_000);
  afterAll(async () => {
    await local.stop();
    await closeConnections();
  });

  const organizationOf = (key: string): string => {
    const found = pilots.find(({ kind }) => kind.key === key);
    if (!found) throw new Error(`There is no ${key}`);
    return found.organizationId;
  };
  const all = async <T>(list: AsyncIterable<T>): Promise<T[]> => {
    const rows: T[] = [];
    for await (const row of list) rows.push(row);
    return rows;
  };
  async function invoicesOf(key: string): Promise<Stripe.Invoice[]> {
    const { stripeCustomerId } = await organizationRow(organizationOf(key));
    return all(stripe().invoices.list({ customer: stripeCustomerId ?? '', limit: 100 }));
  }
  /** Everything at Stripe and in the ledger that a second run could have added to. */
  async function held() {
    const ids = pilots.map(({ organizationId }) => objectId(organizationId));
    const rows = await organizationModel
      .find({ _id: op({ $in: ids }) })
      .sort({ _id: 1 })
      .lean();
    return {
      rows,
      customers: (await all(stripe().customers.list({ limit: 100 }))).length,
      subscriptions: (await all(stripe().subscriptions.list({ status: 'all', limit: 100 }))).length,
      invoices: (await all(stripe().invoices.list({ limit: 100 }))).length,
      charges: (await all(stripe().charges.list({ limit: 100 }))).length,
      clocks: (await all(stripe().testHelpers.testClocks.list({ limit: 100 }))).length,
      movements: await revenueMovementModel.find({ currency }).sort({ _id: 1 }).lean(),
      quotes: await quoteModel.countDocuments({ currency }),
    };
  }

  it('comes to the states that Stripe’s subscriptions lead to, and to the plans of the kinds', async () => {
    for (const { kind, organizationId } of pilots) {
      const row = await organizationRow(organizationId);
      expect(row, kind.key).toMatchObject({ status: kind.status, plan: kind.plan });
      expect(row.subscription?.status, kind.key).toBe(kind.status === 'active' ? 'active' : 'past_due');
      expect(row.nonPayment?.stage ?? null, kind.key).toBe(
        { active: null, past_due: 'retrying', read_only: 'read_only' }[String(kind.status)],
      );
    }
    const chain = await organizationRow(organizationOf('chain'));
    expect(chain.features).toMatchObject({ maxUsers: null, maxStorage: null, enableAnalytics: true });
    expect(await quoteModel.find({ organizationId: chain._id }).lean()).toMatchObject([
      { state: 'paid', priceCents: 149_000 },
    ]);
  });

  it('is one customer with one subscription each, and two years of invoices', async () => {
    const { customers, subscriptions, clocks } = await held();
    expect({ customers, subscriptions, clocks }).toEqual({ customers: 10, subscriptions: 10, clocks: 10 });
    const summary = await Promise.all(
      KINDS.map(async (key) => {
        const invoices = await invoicesOf(key);
        const paid = invoices.filter(({ status }) => status === 'paid');
        const sum = paid.reduce((cents, invoice) => cents + invoice.amount_paid, 0);
        return [key, paid.length, invoices.length - paid.length, sum];
      }),
    );
    // An upgrade's own invoice is the difference for the rest of a month, which depends on the month.
    const differenceOf = async (key: string): Promise<number> => {
      const [upgrade, ...others] = (await invoicesOf(key)).filter(
        ({ total }) => total !== 9_900 && total !== 29_900,
      );
      expect(others).toEqual([]);
      const cents = upgrade?.total ?? 0;
      expect(cents > 0 && cents <= 20_000).toBe(true);
      return cents;
    };
    expect(summary).toEqual([
      ['single', 25, 0, 25 * 9_900],
      ['small', 26, 0, 22 * 9_900 + 3 * 29_900 + (await differenceOf('small'))],
      ['branches', 3, 0, 3 * 299_000],
      ['gulf', 26, 0, 14 * 9_900 + 11 * 29_900 + (await differenceOf('gulf'))],
      ['berlin', 25, 0, 25 * 29_900 - 3 * 5_980],
      ['chain', 25, 0, 25 * 149_000],
      ['late', 24, 1, 24 * 9_900],
      ['stopped', 24, 1, 24 * 9_900],
      ['kathmandu', 25, 0, 25 * 29_900],
    ]);
    const { stripeCustomerId } = await organizationRow(organizationOf('kathmandu'));
    const charges = await all(stripe().charges.list({ customer: stripeCustomerId ?? '', limit: 100 }));
    expect(charges.map((charge) => charge.amount_refunded).filter((cents) => cents > 0)).toEqual([14_950]);
  });

  it('shows a hospital its invoices of two years, page by page', async () => {
    const pilot = pilots.find(({ kind }) => kind.key === 'single');
    if (!pilot) throw new Error('There is no single doctor');
    const rows: { status: string; createdAt: string }[] = [];
    for (let after: string | undefined, page = 0; page < 5; page++) {
      const found = await listInvoices(pilot.ctx, { after, before: undefined });
      rows.push(...(found?.rows ?? []));
      after = found?.after ?? undefined;
      if (!after) break;
    }
    expect(rows).toHaveLength(25);
    expect(new Set(rows.map(({ createdAt }) => createdAt.slice(0, 7))).size).toBe(25);
    expect(Date.now() - new Date(rows.at(-1)?.createdAt ?? 0).getTime()).toBeGreaterThan(729 * 86_400_000);
  });

  it('makes a monthly revenue that is the sum of the plans, and moved when somebody upgraded', async () => {
    const now = await getRevenueNow(platform, currency);
    const [starter, professional, yearly, agreed] = [9_900, 29_900, Math.round(299_000 / 12), 149_000];
    expect(now).toMatchObject({
      mrrCents: 4 * starter + 4 * professional + yearly + agreed,
      customers: 10,
      pastDue: { customers: 2, mrrCents: 2 * starter },
    });
    expect(now.plans).toEqual([
      { plan: 'starter', customers: 4, mrrCents: 4 * starter },
      { plan: 'professional', customers: 5, mrrCents: 4 * professional + yearly },
      { plan: 'enterprise', customers: 1, mrrCents: agreed },
    ]);
    const months = await listRevenueMonths(platform, currency);
    expect(months.at(-1)).toMatchObject({ mrrCents: now.mrrCents, customers: 10 });
    expect(months[0]?.customers).toBe(10);
    expect(months.reduce((sum, { expansionCents }) => sum + expansionCents, 0)).toBe(40_000);
    expect(months.flatMap(({ contractionCents }) => contractionCents || [])).toEqual([-20_000]);
    expect(months.at(-1)).toMatchObject({ expansionCents: 0, contractionCents: 0 });
    expect(months.every(({ newCents, churnCents }) => newCents === 0 && churnCents === 0)).toBe(true);
    const { movements } = await held();
    expect(movements.reduce((sum, { deltaCents }) => sum + deltaCents, 0)).toBe(now.mrrCents);
    const firsts = movements.filter(({ kind }) => kind === 'new');
    expect(firsts).toHaveLength(10);
    expect(movements).toHaveLength(13);
    for (const { at } of firsts) expect((Date.now() - at.getTime()) / 86_400_000).toBeGreaterThan(729);
    const { rows } = await listFigure(platform, 'past-due', { currency });
    expect(rows.map(({ organizationId }) => organizationId).sort()).toEqual(
      [organizationOf('late'), organizationOf('stopped')].sort(),
    );
  });

  it('is not made twice', async () => {
    const before = await held();
    await make();
    expect(await held()).toEqual(before);
  });

  it('asks nothing of a demo, and nothing of whoever pays already', async () => {
    const before = await held();
    const [kind] = PILOT_KINDS;
    if (!kind) throw new Error('There is no kind');
    const demo = await testOrganization({ purpose: 'demo' });
    expect(await payPilot(demo.ctx(), kind)).toBe('not billed');
    const other = await testOrganization();
    await organizationModel.updateOne(
      { _id: objectId(other.organizationId) },
      { $set: { stripeCustomerId: 'cus_of_somebody' } },
    );
    expect(await payPilot(other.ctx(), kind)).toBe('not billed');
    expect(await held()).toEqual(before);
    expect((await organizationRow(demo.organizationId)).stripeCustomerId).toBeUndefined();
    for (const each of [demo, other]) await each.dispose();
  });

  it('is never real', () => {
    for (const key of ['sk_live_1', 'rk_live_1', 'sk_1'])
      expect(() => requireTestKey(key)).toThrow('test key');
    for (const key of ['sk_test_1', 'rk_test_1', undefined]) expect(() => requireTestKey(key)).not.toThrow();
  });
});
