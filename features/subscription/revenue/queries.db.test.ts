import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordRevenueMovement } from '@/features/subscription/billing/movements';
import { masterTransaction } from '@/lib/master/connection';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { organizationModel } from '@/lib/master/models/organization';
import type { PlanId } from '@/lib/master/vocabulary';
import { newObjectId } from '@/lib/mongo';
import { closeConnections } from '@/tests/builders/organization';
import { getRevenueNow, listFigure, listMovementNow, listRevenueMonths } from './queries';

const ctx = {
  actor: { kind: 'platform' as const, userId: 'u', name: 'Admin', email: 'admin@chakravue.test' },
  requestId: 'r',
};
const NOW = new Date('2026-06-20T00:00:00Z');
// A currency of its own, so that rows of other files do not count.
const currency = 'nzd';

describe('revenue', () => {
  beforeAll(ensureMasterIndexes);
  afterAll(closeConnections);

  type Life = { plan: PlanId; status: string; priceCents: number; at: string; interval?: 'month' | 'year' };

  async function live(...steps: Life[]) {
    const _id = newObjectId();
    const last = steps.at(-1);
    if (!last) throw new Error('a life has a step');
    const subscription = (step: Life) => ({
      status: step.status,
      plan: step.plan,
      priceCents: step.priceCents,
      currency,
      interval: step.interval ?? ('month' as const),
      quantity: 1,
      currentPeriodEnd: new Date('2026-07-01T00:00:00Z'),
      cancelAtPeriodEnd: false,
      syncedAt: new Date(step.at),
    });
    const name = `Hospital ${randomUUID().slice(0, 8)}`;
    await organizationModel.create({
      _id,
      organizationName: name,
      nameKey: name.toLowerCase(),
      email: 'owner@hospital.test',
      phone: '+64 9 000 0000',
      industry: 'eye-hospital',
      country: 'NZ',
      timeZone: 'Pacific/Auckland',
      expectedUsers: 5,
      plan: last.plan,
      ...(last.status === 'past_due'
        ? { status: 'past_due', nonPayment: { since: NOW, stage: 'retrying' } }
        : { status: 'active' }),
      statusSince: NOW,
      ownerId: newObjectId(),
      features: { maxUsers: 5, maxStorage: 1024 ** 3, enableAnalytics: false, enableReports: true },
      subscriptionId: `sub_${_id}`,
      subscription: subscription(last),
    });
    for (const step of steps)
      await masterTransaction((session) =>
        recordRevenueMovement(session, _id, { id: `sub_${_id}`, endedAt: null, ...subscription(step) }),
      );
    return { id: _id.toString(), name };
  }

  it('adds up: months to now, and each number to the organizations behind it', async () => {
    const grown = await live(
      { plan: 'starter', status: 'active', priceCents: 9_900, at: '2026-03-10' },
      { plan: 'professional', status: 'active', priceCents: 29_900, at: '2026-05-10' },
    );
    const left = await live(
      { plan: 'starter', status: 'active', priceCents: 9_900, at: '2026-04-02' },
      { plan: 'starter', status: 'canceled', priceCents: 9_900, at: '2026-06-03' },
    );
    const yearly = await live({
      plan: 'starter',
      status: 'past_due',
      priceCents: 99_000,
      at: '2026-05-20',
      interval: 'year',
    });
    await live({ plan: 'starter', status: 'trialing', priceCents: 9_900, at: '2026-06-18' });

    const now = await getRevenueNow(ctx, currency, NOW);
    expect(now).toMatchObject({
      mrrCents: 29_900 + 8_250,
      arrCents: (29_900 + 8_250) * 12,
      customers: 2,
      arpaCents: 19_075,
      pastDue: { customers: 1, mrrCents: 8_250 },
      renewals: { customers: 2, cents: 29_900 + 99_000 },
    });
    expect(now.plans.reduce((sum, { mrrCents }) => sum + mrrCents, 0)).toBe(now.mrrCents);

    const months = await listRevenueMonths(ctx, currency, NOW);
    expect(months).toHaveLength(12);
    expect(months.at(-1)).toMatchObject({
      month: '2026-06',
      churnCents: -9_900,
      churnedCustomers: 1,
      mrrCents: now.mrrCents,
      customers: 2,
      customerChurn: 1 / 3,
    });
    expect(months.find(({ month }) => month === '2026-05')).toMatchObject({
      newCents: 8_250,
      expansionCents: 20_000,
      netCents: 28_250,
    });
    for (const [index, row] of months.entries())
      expect(row.mrrCents - (months[index - 1]?.mrrCents ?? 0)).toBe(row.netCents);

    const [june] = await listMovementNow(ctx, NOW, [currency, 'usd']).then((rows) =>
      rows.filter((row) => row.currency === currency),
    );
    expect(june).toMatchObject({ month: '2026-06', churnCents: -9_900, newCents: 0, netCents: -9_900 });
    const may = await listMovementNow(ctx, new Date('2026-05-31T00:00:00Z'), [currency]);
    expect(may).toMatchObject([{ newCents: 8_250, expansionCents: 20_000, netCents: 28_250 }]);
    expect(await listMovementNow(ctx, NOW, ['xxx'])).toEqual([]);

    const behind = async (figure: Parameters<typeof listFigure>[1], month?: string) =>
      (await listFigure(ctx, figure, { currency, month }, NOW)).rows;
    const mrr = await behind('mrr');
    expect(mrr.reduce((sum, { cents }) => sum + (cents ?? 0), 0)).toBe(now.mrrCents);
    expect(mrr.map(({ organizationId }) => organizationId).sort()).toEqual([grown.id, yearly.id].sort());
    expect(await behind('churn', '2026-06')).toMatchObject([{ name: left.name, cents: -9_900 }]);
    expect(await behind('expansion', '2026-05')).toMatchObject([{ name: grown.name, cents: 20_000 }]);
    expect(await behind('past-due')).toMatchObject([{ organizationId: yearly.id, cents: 8_250 }]);
  });

  it('never adds two currencies', async () => {
    const other = await getRevenueNow(ctx, 'usd', NOW);
    expect(other.others.find((amount) => amount.currency === currency)?.cents).toBe(38_150);
    expect((await listRevenueMonths(ctx, 'xxx', NOW)).every(({ mrrCents }) => mrrCents === 0)).toBe(true);
  });
});
