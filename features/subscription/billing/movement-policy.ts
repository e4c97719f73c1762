import type { RevenueMovementKind } from '@/lib/master/models/revenue-movement';

export type Balance = { currency: string; cents: number };
type Movement = { kind: RevenueMovementKind; currency: string; beforeCents: number; afterCents: number };

/**
 * What changes between two balances of one organization: nothing, one movement, or two when the currency
 * changes (the old amount ends, the new one begins). `hasPaidBefore` parts a first sale from a return.
 */
export function movementsBetween(before: Balance | null, after: Balance, hasPaidBefore: boolean): Movement[] {
  const from = before && before.cents > 0 ? before : null;
  if (from && from.currency !== after.currency) {
    return [
      { kind: 'churn', currency: from.currency, beforeCents: from.cents, afterCents: 0 },
      ...movementsBetween(null, after, true),
    ];
  }
  const beforeCents = from?.cents ?? 0;
  if (beforeCents === after.cents) return [];
  const kind =
    beforeCents === 0
      ? hasPaidBefore
        ? 'reactivation'
        : 'new'
      : after.cents === 0
        ? 'churn'
        : after.cents > beforeCents
          ? 'expansion'
          : 'contraction';
  return [{ kind, currency: after.currency, beforeCents, afterCents: after.cents }];
}
