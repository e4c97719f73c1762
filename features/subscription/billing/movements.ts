import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { revenueMovementModel } from '@/lib/master/models/revenue-movement';
import type { PlanId } from '@/lib/master/vocabulary';
import { movementsBetween } from './movement-policy';
import { monthlyCents } from './policy';

export type RevenueFacts = Parameters<typeof monthlyCents>[0] & {
  /** Stripe's id of the subscription. */
  id: string;
  plan: PlanId;
  currency: string;
  /** Stripe's `ended_at`, in seconds. */
  endedAt: number | null;
  /** When Stripe was asked; by the customer's test clock where there is one. */
  syncedAt: Date;
};

/**
 * Writes what a sync changed in an organization's monthly revenue, in the sync's own transaction. Compared is
 * the ledger's last row, so the sum of the ledger is what the organizations pay now, whatever was missed
 * before, and a repeated sync writes nothing.
 */
export async function recordRevenueMovement(
  session: ClientSession,
  organizationId: Types.ObjectId,
  facts: RevenueFacts,
): Promise<void> {
  const last = await revenueMovementModel
    .findOne({ organizationId })
    .sort({ sequence: -1 })
    .select('sequence at currency afterCents')
    .session(session)
    .lean();
  const after = { currency: facts.currency, cents: monthlyCents(facts) };
  const before = last ? { currency: last.currency, cents: last.afterCents } : null;
  const movements = movementsBetween(before, after, last !== null);
  if (movements.length === 0) return;
  const happenedAt = facts.endedAt === null ? facts.syncedAt : new Date(facts.endedAt * 1_000);
  // An organization's rows stay in order, whatever its clocks say.
  const at = last && last.at > happenedAt ? last.at : happenedAt;
  await revenueMovementModel.create(
    movements.map(({ kind, currency, beforeCents, afterCents }, index) => ({
      organizationId,
      sequence: (last?.sequence ?? 0) + index + 1,
      at,
      kind,
      plan: facts.plan,
      currency,
      beforeCents,
      afterCents,
      deltaCents: afterCents - beforeCents,
      deltaCustomers: Math.sign(afterCents) - Math.sign(beforeCents),
      subscriptionId: facts.id,
    })),
    { session, ordered: true },
  );
}
