import type { Metadata } from 'next';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { SETTLED_BY } from '@/features/pharmacy/goods-receipts/policy';
import { getGoodsReceipt, listSupplierPayments } from '@/features/pharmacy/goods-receipts/queries';
import { PaySupplier } from '@/features/pharmacy/goods-receipts/ui/pay-dialog';
import { ReceiptLines } from '@/features/pharmacy/goods-receipts/ui/receipt-lines';
import { load, staffPage } from '@/lib/actions/staff';
import { decimalOf, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { formatDay, formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Invoice of a supplier' };

export default async function PurchasePage({ params }: PageProps<'/purchases/[receiptId]'>) {
  const ctx = await staffPage('purchases:read');
  const { receiptId } = await params;
  const [receipt, payments, { currency }] = await load(
    Promise.all([
      getGoodsReceipt(ctx, receiptId),
      listSupplierPayments(ctx, receiptId),
      getBillSettings(ctx),
    ]),
  );
  const money = (minor: number) => formatAmount(minor, currency);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Purchases', href: paths.purchases }, { label: receipt.invoiceNumber }]}
        title={`${receipt.supplierName}, ${receipt.isDebitNote ? 'debit note' : 'invoice'} ${receipt.invoiceNumber}`}
        description={`Entered by ${receipt.byName}, ${formatInstant(new Date(receipt.at), ctx.timeZone)}`}
        actions={
          receipt.dueMinor > 0 && ctx.can('purchases:write') ? (
            <PaySupplier
              key={receipt.paidMinor}
              receiptId={receipt.id}
              supplierName={receipt.supplierName}
              due={decimalOf(receipt.dueMinor, currency.code)}
            />
          ) : null
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        {receipt.isDebitNote ? (
          <Section title="What came">
            <p className="text-sm text-text-muted">
              Nothing: the supplier charges more for what came before.
            </p>
          </Section>
        ) : (
          <Section title="What came" flush>
            <ReceiptLines receipt={receipt} currency={currency} />
          </Section>
        )}
        <div className="grid gap-5">
          <Section title={receipt.isDebitNote ? 'The debit note' : 'The invoice'}>
            <DescriptionList
              columns={2}
              items={[
                { label: 'Date', value: formatDay(receipt.invoiceDay) },
                { label: 'Due', value: formatDay(receipt.dueOn) },
                { label: 'Before tax', value: money(receipt.taxableMinor) },
                { label: 'Tax', value: money(receipt.taxMinor) },
                { label: 'Freight and charges', value: money(receipt.chargesMinor) },
                { label: 'Round-off', value: money(receipt.roundOffMinor) },
                { label: 'Total', value: money(receipt.totalMinor) },
                { label: 'To pay', value: money(receipt.dueMinor) },
                { label: 'Note', value: receipt.note },
                ...(receipt.orderId
                  ? [
                      {
                        label: 'Order',
                        value: (
                          <Link href={paths.purchaseOrder(receipt.orderId)} className="underline">
                            Open the order
                          </Link>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          </Section>
          {payments.length > 0 ? (
            <Section title="Payments">
              <ul className="grid gap-2 text-sm">
                {payments.map((payment) => (
                  <li key={payment.id} className="flex justify-between gap-3">
                    <span className="text-text-muted">
                      {formatDay(payment.day)}, {SETTLED_BY[payment.method].toLowerCase()}
                      {payment.reference ? `, ${payment.reference}` : ''}, {payment.byName}
                    </span>
                    <span className="font-medium tabular-nums">{money(payment.amountMinor)}</span>
                  </li>
                ))}
              </ul>
            </Section>
          ) : null}
        </div>
      </div>
    </>
  );
}
