import { ActionButton } from '@/components/forms/action-button';
import { Badge } from '@/components/ui/badge';
import { ListRow, RowList } from '@/components/ui/list-row';
import { type Currency, formatAmount } from '@/lib/currency';
import { askRefundAgainAction } from '../actions';
import type { OnlineRefund } from '../dto';
import { REFUND_LABEL, type RefundState } from '../policy';

const TONE: Record<RefundState, 'info' | 'success' | 'danger'> = {
  asked: 'info',
  done: 'success',
  failed: 'danger',
};

/** What goes back by the provider, and how it stands there. */
export function OnlineRefundList({
  refunds,
  currency,
  canAsk,
  empty,
}: {
  refunds: readonly (OnlineRefund & { when: string })[];
  currency: Currency;
  canAsk: boolean;
  empty: string;
}) {
  return (
    <RowList empty={empty}>
      {refunds.map((refund) => (
        <ListRow
          key={refund.id}
          title={
            <>
              {refund.receiptNumber}
              <Badge tone={TONE[refund.state]}>{REFUND_LABEL[refund.state]}</Badge>
            </>
          }
          about={`${refund.patientName}, ${refund.when}`}
          note={refund.why}
          amount={formatAmount(refund.amountMinor, { ...currency, code: refund.currency })}
        >
          {canAsk && refund.state === 'failed' ? (
            <ActionButton
              size="sm"
              action={askRefundAgainAction}
              fields={{ refundId: refund.id }}
              aria-label={`Ask again for the refund ${refund.receiptNumber}`}
            >
              Ask again
            </ActionButton>
          ) : null}
        </ListRow>
      ))}
    </RowList>
  );
}
