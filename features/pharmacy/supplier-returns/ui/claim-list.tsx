import { Badge } from '@/components/ui/badge';
import Link from '@/components/ui/link';
import { type Currency, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { type Day, formatDay } from '@/lib/time';
import type { SupplierReturn } from '../dto';
import { CLAIM_LABEL, CREDIT_REASONS, type CreditClaimState, claimAge } from '../policy';

export function ClaimBadge({ state }: { state: CreditClaimState }) {
  return (
    <Badge tone={state === 'open' ? 'warning' : state === 'credited' ? 'success' : 'danger'}>
      {CLAIM_LABEL[state]}
    </Badge>
  );
}

/** What went back to suppliers, with how long its credit is waited for. */
export function ClaimList({
  returns,
  currency,
  today,
}: {
  returns: readonly SupplierReturn[];
  currency: Currency;
  today: Day;
}) {
  return (
    <ul aria-label="Returns to suppliers" className="divide-y divide-border">
      {returns.map(
        ({ id, number, supplierName, state, day, reason, lines, expectedMinor, creditedMinor }) => {
          const { days, isLate } = claimAge(day, today);
          const minor = creditedMinor ?? expectedMinor;
          return (
            <li key={id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 sm:px-5">
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-2">
                  <Link href={paths.supplierReturn(id)} className="font-medium text-text hover:underline">
                    {number}, {supplierName}
                  </Link>
                  <ClaimBadge state={state} />
                  {state === 'open' && isLate ? <Badge tone="danger">{days} days</Badge> : null}
                </p>
                <p className="text-sm text-text-muted">
                  {CREDIT_REASONS[reason]}, {formatDay(day)}:{' '}
                  {lines.length === 0
                    ? 'without goods'
                    : lines.length === 1
                      ? '1 lot'
                      : `${lines.length} lots`}
                </p>
              </div>
              {minor === null ? null : (
                <span className="font-medium text-sm tabular-nums">{formatAmount(minor, currency)}</span>
              )}
            </li>
          );
        },
      )}
    </ul>
  );
}
