import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { ListRow, RowList } from '@/components/ui/list-row';
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
  return (
    <RowList empty={empty}>
      {receipts.map((receipt) => (
        <ListRow
          key={receipt.id}
          title={
            <>
              {receipt.number}
              {receipt.kind === 'payment' ? null : (
                <Badge tone={receipt.kind === 'refund' ? 'info' : 'accent'}>
                  {RECEIPT_LABEL[receipt.kind]}
                </Badge>
              )}
            </>
          }
          about={[
            receipt.tenders
              .map(({ method, amountMinor, reference }) =>
                [METHODS[method], formatAmount(amountMinor, currency), reference].filter(Boolean).join(' '),
              )
              .join(', '),
            `${receipt.when}, ${receipt.cashierName}${receipt.reason ? `. ${receipt.reason}` : ''}`,
          ]}
          amount={formatAmount(receipt.amountMinor, currency)}
        >
          <a
            href={paths.receiptPrint(receipt.id, 'roll')}
            className={buttonClass({ size: 'sm' })}
            aria-label={`Print receipt ${receipt.number}`}
          >
            <Icon of="printer" /> Roll
          </a>
          <a
            href={paths.receiptPrint(receipt.id)}
            className={buttonClass({ size: 'sm' })}
            aria-label={`Print receipt ${receipt.number} on A4`}
          >
            A4
          </a>
        </ListRow>
      ))}
    </RowList>
  );
}
