'use client';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ListRow, RowList } from '@/components/ui/list-row';
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
  const amount = (minor: number) => formatAmount(minor, currency);
  return (
    <RowList label="Transfers" empty="Nothing yet.">
      {settlements.map((one) => (
        <ListRow
          key={one.id}
          title={
            <>
              {one.number}
              {one.isReversed ? <Badge tone="neutral">Reversed</Badge> : null}
            </>
          }
          about={[
            one.ofNumber ? `reverses ${one.ofNumber}: ${one.reason}` : one.reference,
            `received ${formatDay(one.receivedDay)}`,
            `${one.parts.length} ${one.parts.length === 1 ? 'claim' : 'claims'}`,
            one.tdsMinor === 0 ? null : `${amount(one.tdsMinor)} tax withheld`,
            one.cutMinor === 0 ? null : `${amount(one.cutMinor)} cut`,
            one.byName,
          ]
            .filter(Boolean)
            .join(', ')}
          amount={amount(one.amountMinor)}
        >
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
        </ListRow>
      ))}
    </RowList>
  );
}
