import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { Printer } from '@/components/ui/icons';
import { type Currency, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { METHODS } from '../../shifts/policy';
import type { Receipt } from '../dto';
import { RECEIPT_LABEL } from '../policy';

export type ShownReceipt = Receipt & {
  /** "29 Nov 2026, 10:15" in the organization's time zone. */
  when: string;
};

/** Money in and out, in order, each with its ways and its print. */
export function ReceiptList({
  receipts,
  currency,
  empty,
}: {
  receipts: readonly ShownReceipt[];
  currency: Currency;
  empty: string;
}) {
  if (receipts.length === 0) return <p className="px-4 py-6 text-text-muted sm:px-5">{empty}</p>;
  return (
    <ul className="divide-y divide-border">
      {receipts.map((receipt) => (
        <li key={receipt.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
          <div className="min-w-48 flex-1">
            <p className="flex flex-wrap items-center gap-2 font-medium text-text">
              {receipt.number}
              {receipt.kind === 'payment' ? null : (
                <Badge tone={receipt.kind === 'refund' ? 'info' : 'accent'}>
                  {RECEIPT_LABEL[receipt.kind]}
                </Badge>
              )}
            </p>
            <p className="text-[0.8125rem] text-text-muted">
              {receipt.tenders
                .map(({ method, amountMinor, reference }) =>
                  [METHODS[method], formatAmount(amountMinor, currency), reference].filter(Boolean).join(' '),
                )
                .join(', ')}
            </p>
            <p className="text-[0.8125rem] text-text-muted">
              {receipt.when}, {receipt.cashierName}
              {receipt.reason ? `. ${receipt.reason}` : ''}
            </p>
          </div>
          <p className="font-medium text-text tabular-nums">{formatAmount(receipt.amountMinor, currency)}</p>
          <a
            href={paths.receiptPrint(receipt.id, 'roll')}
            className={buttonClass({ size: 'sm' })}
            aria-label={`Print receipt ${receipt.number}`}
          >
            <Printer aria-hidden="true" /> Roll
          </a>
          <a
            href={paths.receiptPrint(receipt.id)}
            className={buttonClass({ size: 'sm' })}
            aria-label={`Print receipt ${receipt.number} on A4`}
          >
            A4
          </a>
        </li>
      ))}
    </ul>
  );
}
