'use client';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { type Currency, formatAmount } from '@/lib/currency';
import { formatDay } from '@/lib/time';
import { reverseSettlementAction } from '../actions';
import type { Settlement } from '../dto';

/** What a payer has transferred; what was entered wrongly is reversed, and never changed. */
export function SettlementList({
  settlements,
  currency,
}: {
  settlements: readonly Settlement[];
  currency: Currency;
}) {
  if (settlements.length === 0) return <p className="px-4 py-6 text-text-muted sm:px-5">Nothing yet.</p>;
  const amount = (minor: number) => formatAmount(minor, currency);
  return (
    <ul aria-label="Transfers" className="divide-y divide-border">
      {settlements.map((one) => (
        <li key={one.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
          <div className="min-w-48 flex-1">
            <p className="font-medium text-text">{one.number}</p>
            <p className="break-words text-[0.8125rem] text-text-muted">
              {[
                one.ofNumber ? `reverses ${one.ofNumber}: ${one.reason}` : one.reference,
                `received ${formatDay(one.receivedDay)}`,
                `${one.parts.length} ${one.parts.length === 1 ? 'claim' : 'claims'}`,
                one.tdsMinor === 0 ? null : `${amount(one.tdsMinor)} tax withheld`,
                one.cutMinor === 0 ? null : `${amount(one.cutMinor)} cut`,
                one.byName,
              ]
                .filter(Boolean)
                .join(', ')}
            </p>
          </div>
          {one.isReversed ? <Badge tone="neutral">Reversed</Badge> : null}
          <p className="w-28 text-right font-medium text-text tabular-nums">{amount(one.amountMinor)}</p>
          {one.isReversed || one.ofNumber ? null : (
            <ConfirmAction
              trigger={
                <Button size="sm" variant="ghost" aria-label={`Reverse ${one.number}`}>
                  Reverse
                </Button>
              }
              title={`Reverse ${one.number}?`}
              description="A row below zero is written today, its claims are open again, and the transfer can be entered once more."
              confirm="Reverse"
              action={reverseSettlementAction}
              fields={{ settlementId: one.id }}
            >
              <FormField name="reason" label="Reason" required maxLength={200} autoComplete="off" />
            </ConfirmAction>
          )}
        </li>
      ))}
    </ul>
  );
}
