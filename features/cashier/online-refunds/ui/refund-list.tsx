import { ActionButton } from '@/components/forms/action-button';
import { Badge } from '@/components/ui/badge';
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
  if (refunds.length === 0) return <p className="px-4 py-6 text-text-muted sm:px-5">{empty}</p>;
  return (
    <ul className="divide-y divide-border">
      {refunds.map((refund) => (
        <li key={refund.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
          <div className="min-w-48 flex-1">
            <p className="flex flex-wrap items-center gap-2 font-medium text-text">
              {refund.receiptNumber}
              <Badge tone={TONE[refund.state]}>{REFUND_LABEL[refund.state]}</Badge>
            </p>
            <p className="text-[0.8125rem] text-text-muted">
              {refund.patientName}, {refund.when}
            </p>
            {refund.why ? <p className="text-[0.8125rem] text-text">{refund.why}</p> : null}
          </div>
          <p className="font-medium text-text tabular-nums">
            {formatAmount(refund.amountMinor, { ...currency, code: refund.currency })}
          </p>
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
        </li>
      ))}
    </ul>
  );
}
