import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { type Currency, formatAmount } from '@/lib/currency';
import { formatDay } from '@/lib/time';
import { withdrawDepositAction } from '../actions';
import type { Deposit } from '../dto';

/** A deposit with the key that its taking back would have. */
type Shown = Deposit & { requestKey: string };

/** What went to the bank, and what was taken back of it. */
export function DepositList({
  deposits,
  currency,
  canWithdraw,
}: {
  deposits: readonly Shown[];
  currency: Currency;
  canWithdraw: boolean;
}) {
  if (deposits.length === 0)
    return <p className="px-4 py-6 text-text-muted sm:px-5">Nothing has gone to the bank yet.</p>;
  return (
    <ul aria-label="Deposits" className="divide-y divide-border">
      {deposits.map((deposit) => {
        const { id, number, bank, slipNumber, isTakenBack, isReversal } = deposit;
        return (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5 sm:px-5">
            <div className="min-w-48 flex-1">
              <p className="break-words font-medium text-text">
                {bank} <span className="font-normal text-text-muted">slip {slipNumber}</span>
              </p>
              <p className="text-[0.8125rem] text-text-muted">
                {[
                  number,
                  formatDay(deposit.day),
                  `taken by ${deposit.carriedBy}`,
                  `entered by ${deposit.byName}`,
                  deposit.reason,
                ]
                  .filter(Boolean)
                  .join(', ')}
              </p>
              <p className="text-[0.8125rem] text-text-muted tabular-nums">
                {deposit.parts
                  .map(
                    (part) =>
                      `${part.cashierName}, ${formatDay(part.shiftDay)}: ${formatAmount(part.amountMinor, currency)}`,
                  )
                  .join('; ')}
              </p>
            </div>
            {isTakenBack ? (
              <Badge tone="neutral">{isReversal ? 'Takes one back' : 'Taken back'}</Badge>
            ) : null}
            <span className="w-32 text-right max-sm:ml-auto font-medium tabular-nums">
              {formatAmount(deposit.amountMinor, currency)}
            </span>
            {canWithdraw && !isTakenBack ? (
              <ConfirmAction
                trigger={
                  <Button size="sm" variant="ghost" aria-label={`Take back ${number}`}>
                    Take back
                  </Button>
                }
                title={`Take back ${number}?`}
                description="For a deposit that was entered wrongly. It is entered below zero on this day, and the shifts have their cash again."
                confirm="Take it back"
                action={withdrawDepositAction}
                fields={{ depositId: id, requestKey: deposit.requestKey }}
              >
                <FormField name="reason" label="Reason" required maxLength={200} autoComplete="off" />
              </ConfirmAction>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
