import { Badge } from '@/components/ui/badge';
import Link from '@/components/ui/link';
import { type Currency, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { type Day, formatDay } from '@/lib/time';
import type { GoodsReceipt } from '../dto';
import { PAYABLE_LABEL, type PayableAge, payableAge } from '../policy';

const TONE: Record<PayableAge, 'success' | 'warning' | 'danger'> = {
  paid: 'success',
  due: 'warning',
  overdue: 'danger',
};

/** Invoices of suppliers, with what is still to be paid. */
export function ReceiptList({
  receipts,
  currency,
  today,
}: {
  receipts: readonly GoodsReceipt[];
  currency: Currency;
  today: Day;
}) {
  return (
    <ul aria-label="Invoices of suppliers" className="divide-y divide-border">
      {receipts.map((receipt) => {
        const age = payableAge(receipt, today);
        return (
          <li
            key={receipt.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3 sm:px-5"
          >
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-2">
                <Link href={paths.purchase(receipt.id)} className="font-medium text-text hover:underline">
                  {receipt.supplierName}
                </Link>
                <Badge tone={TONE[age]}>{PAYABLE_LABEL[age]}</Badge>
              </p>
              <p className="text-[0.8125rem] text-text-muted">
                {receipt.isDebitNote ? 'Debit note' : 'Invoice'} {receipt.invoiceNumber} of{' '}
                {formatDay(receipt.invoiceDay)}
                {receipt.isDebitNote
                  ? ''
                  : receipt.lines.length === 1
                    ? ', 1 line'
                    : `, ${receipt.lines.length} lines`}
                {age === 'paid' ? '' : `, due ${formatDay(receipt.dueOn)}`}
              </p>
            </div>
            <p className="text-right tabular-nums">
              <span className="block font-medium text-text">
                {formatAmount(receipt.totalMinor, currency)}
              </span>
              {receipt.dueMinor > 0 && receipt.paidMinor > 0 ? (
                <span className="text-[0.8125rem] text-text-muted">
                  {formatAmount(receipt.dueMinor, currency)} left
                </span>
              ) : null}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
