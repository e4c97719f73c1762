import type { Metadata } from 'next';
import { Section } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { TabLinks } from '@/components/ui/tabs';
import { listOrders } from '@/features/record/orders/queries';
import { orderListQuery } from '@/features/record/orders/schema';
import { OrderList } from '@/features/record/orders/ui/order-list';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Tests and procedures' };

const TITLE = { tests: 'Tests to do', procedures: 'Procedures that are advised', completed: 'Done' } as const;

export default async function OrdersPage({ searchParams }: PageProps<'/queue/orders'>) {
  const ctx = await staffPage('visits:read');
  const query = orderListQuery.parse(await searchParams);
  const { show } = query;
  const page = await load(listOrders(ctx, query));
  const isDone = show === 'completed';
  const href = (more: Record<string, string | null>) => withQuery(paths.orders, { show, ...more });
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Queue', href: paths.queue }, { label: 'Tests and procedures' }]}
        title="Tests and procedures"
        description="What doctors have asked for. What is done is charged, and waits at the cashier’s for its bill."
      />
      <TabLinks
        label="Worklists"
        className="mb-5"
        items={[
          { href: paths.orders, label: 'Tests', active: show === 'tests' },
          {
            href: withQuery(paths.orders, { show: 'procedures' }),
            label: 'Procedures',
            active: show === 'procedures',
          },
          { href: withQuery(paths.orders, { show: 'completed' }), label: 'Done', active: isDone },
        ]}
      />
      <Section
        title={TITLE[show]}
        description={isDone ? 'Newest first' : 'Urgent ones first, then the oldest'}
        flush
      >
        <OrderList
          orders={page.orders}
          timeZone={ctx.timeZone}
          showPatient
          canComplete={ctx.can('orders:write')}
          empty={isDone ? 'Nothing has been done yet.' : 'Nothing is to be done.'}
        />
      </Section>
      <Pagination
        label="Tests and procedures"
        className="mt-4"
        previousHref={page.before ? href({ before: page.before }) : null}
        nextHref={page.after ? href({ after: page.after }) : null}
      />
    </>
  );
}
