import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { masterTransaction } from '@/lib/master/connection';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { revenueMovementModel } from '@/lib/master/models/revenue-movement';
import { newObjectId } from '@/lib/mongo';
import { closeConnections } from '@/tests/builders/organization';
import { type RevenueFacts, recordRevenueMovement } from './movements';

const facts = (priceCents: number, extra: Partial<RevenueFacts> = {}): RevenueFacts => ({
  id: 'sub_1',
  status: 'active',
  plan: 'starter',
  priceCents,
  quantity: 1,
  interval: 'month',
  currency: 'usd',
  endedAt: null,
  syncedAt: new Date('2026-03-01T00:00:00Z'),
  ...extra,
});

describe('the revenue ledger', () => {
  beforeAll(ensureMasterIndexes);
  afterAll(closeConnections);

  const write = (id: ReturnType<typeof newObjectId>, given: RevenueFacts) =>
    masterTransaction((session) => recordRevenueMovement(session, id, given));
  const rows = async (id: ReturnType<typeof newObjectId>) =>
    revenueMovementModel.find({ organizationId: id }).sort({ sequence: 1 }).lean();

  it('keeps one row per change and none for a repeated sync', async () => {
    const id = newObjectId();
    await write(id, facts(0, { status: 'trialing' }));
    expect(await rows(id)).toEqual([]);
    await write(id, facts(9_900));
    await write(id, facts(9_900));
    await write(id, facts(29_900, { plan: 'professional', syncedAt: new Date('2026-04-10T00:00:00Z') }));
    const ended = Date.UTC(2026, 4, 3) / 1_000;
    await write(id, facts(29_900, { status: 'canceled', endedAt: ended, syncedAt: new Date('2026-05-09') }));
    const written = await rows(id);
    expect(written.map(({ kind, deltaCents, deltaCustomers }) => [kind, deltaCents, deltaCustomers])).toEqual(
      [
        ['new', 9_900, 1],
        ['expansion', 20_000, 0],
        ['churn', -29_900, -1],
      ],
    );
    // The end is Stripe's, not the moment when we heard of it.
    expect(written[2]?.at.toISOString()).toBe('2026-05-03T00:00:00.000Z');
  });

  it('writes a change once when two syncs see it at the same moment', async () => {
    const id = newObjectId();
    await Promise.allSettled(Array.from({ length: 6 }, () => write(id, facts(9_900))));
    expect(await rows(id)).toHaveLength(1);
  });
});
