import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { countOrders, listOrders } from '@/features/pharmacy/purchase-orders/queries';
import { ordersQuery } from '@/features/pharmacy/purchase-orders/schema';
import { OrderList } from '@/features/pharmacy/purchase-orders/ui/order-list';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Orders' };

const EMPTY = {
  approved: {
    title: 'Nothing is on its way',
    text: 'An order is here from its approval until all has come.',
  },
  draft: { title: 'No drafts', text: 'A draft is here until somebody approves it.' },
  all: {
    title: 'No orders yet',
    text: 'What to order says the proposal, out of the use of the last months.',
  },
};

export default async function OrdersPage({ searchParams }: PageProps<'/purchases/orders'>) {
  const ctx = await staffPage('purchases:read');
  const query = ordersQuery.parse(await searchParams);
  const [{ orders, before, after }, counts] = await load(
    Promise.all([listOrders(ctx, query), countOrders(ctx)]),
  );
  const { show } = query;
  const tabs = [
    { key: 'approved', label: `On their way (${counts.approved})` },
    { key: 'draft', label: `Drafts (${counts.draft})` },
    { key: 'all', label: 'All' },
  ];
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Purchases', href: paths.purchases }, { label: 'Orders' }]}
        title="Orders"
        description="A draft is approved by somebody else, and closed when all of it has come."
        actions={
          <>
            <Link href={paths.proposedOrders} className={buttonClass()}>
              What to order
            </Link>
            {ctx.can('purchases:write') ? (
              <Link href={paths.newPurchaseOrder} className={buttonClass({ variant: 'primary' })}>
                New order
              </Link>
            ) : null}
          </>
        }
      />
      <nav aria-label="Which orders" className="mb-4 flex flex-wrap gap-2">
        {tabs.map(({ key, label }) => (
          <Link
            key={key}
            href={withQuery(paths.purchaseOrders, { show: key })}
            aria-current={show === key ? 'page' : undefined}
            className={buttonClass({ size: 'sm', variant: show === key ? 'primary' : 'secondary' })}
          >
            {label}
          </Link>
        ))}
      </nav>
      <Card>
        {orders.length === 0 ? (
          <EmptyState icon={<Icon of="clipboard-list" />} title={EMPTY[show].title}>
            {EMPTY[show].text}
          </EmptyState>
        ) : (
          <OrderList orders={orders} timeZone={ctx.timeZone} />
        )}
      </Card>
      <Pagination
        className="mt-4"
        previousHref={before ? withQuery(paths.purchaseOrders, { show, before }) : null}
        nextHref={after ? withQuery(paths.purchaseOrders, { show, after }) : null}
      />
    </>
  );
}
