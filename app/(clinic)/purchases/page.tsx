import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { listGoodsReceipts, sumPayables } from '@/features/pharmacy/goods-receipts/queries';
import { purchasesQuery } from '@/features/pharmacy/goods-receipts/schema';
import { ReceiptList } from '@/features/pharmacy/goods-receipts/ui/receipt-list';
import { load, staffPage } from '@/lib/actions/staff';
import { formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'Purchases' };

export default async function PurchasesPage({ searchParams }: PageProps<'/purchases'>) {
  const ctx = await staffPage('purchases:read');
  const query = purchasesQuery.parse(await searchParams);
  const today = todayIn(ctx.timeZone);
  const [{ receipts, before, after }, owed, { currency }] = await load(
    Promise.all([listGoodsReceipts(ctx, query), sumPayables(ctx, today), getBillSettings(ctx)]),
  );
  const { show } = query;
  const tabs = [
    { key: 'all', label: 'All' },
    { key: 'due', label: `To pay (${owed.invoices})` },
  ];
  return (
    <>
      <PageHeader
        title="Purchases"
        description={
          owed.dueMinor > 0
            ? `${formatAmount(owed.dueMinor, currency)} to pay, ${formatAmount(owed.overdueMinor, currency)} of it overdue.`
            : 'Nothing is to be paid.'
        }
        actions={
          <>
            <Link href={paths.pharmacyFigures} className={buttonClass()}>
              Figures
            </Link>
            <Link href={paths.purchaseOrders} className={buttonClass()}>
              Orders
            </Link>
            <Link href={paths.supplierReturns} className={buttonClass()}>
              Returns
            </Link>
            <Link href={paths.suppliers} className={buttonClass()}>
              Suppliers
            </Link>
            {ctx.can('purchases:write') ? (
              <Link href={paths.newPurchase} className={buttonClass({ variant: 'primary' })}>
                Enter an invoice
              </Link>
            ) : null}
          </>
        }
      />
      <nav aria-label="Which invoices" className="mb-4 flex flex-wrap gap-2">
        {tabs.map(({ key, label }) => (
          <Link
            key={key}
            href={withQuery(paths.purchases, { show: key })}
            aria-current={show === key ? 'page' : undefined}
            className={buttonClass({ size: 'sm', variant: show === key ? 'primary' : 'secondary' })}
          >
            {label}
          </Link>
        ))}
      </nav>
      <Card>
        {receipts.length === 0 ? (
          <EmptyState
            icon={<Icon of="package-plus" />}
            title={show === 'due' ? 'Nothing is to be paid' : 'No invoices yet'}
          >
            What comes from a supplier is entered with its invoice: stock, cost and what is to be paid.
          </EmptyState>
        ) : (
          <ReceiptList receipts={receipts} currency={currency} today={today} />
        )}
      </Card>
      <Pagination
        className="mt-4"
        previousHref={before ? withQuery(paths.purchases, { show, before }) : null}
        nextHref={after ? withQuery(paths.purchases, { show, after }) : null}
      />
    </>
  );
}
