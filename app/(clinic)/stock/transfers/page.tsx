import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { listTransfers } from '@/features/pharmacy/transfers/queries';
import { transfersQuery } from '@/features/pharmacy/transfers/schema';
import { TransferList } from '@/features/pharmacy/transfers/ui/transfer-list';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Transfers' };

export default async function TransfersPage({ searchParams }: PageProps<'/stock/transfers'>) {
  const ctx = await staffPage('medicines:read');
  const query = transfersQuery.parse(await searchParams);
  const { transfers, before, after } = await load(listTransfers(ctx, query));
  const { show } = query;
  const tabs = [
    { key: 'open', label: 'In transit' },
    { key: 'all', label: 'All' },
  ];
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Stores', href: paths.stores }, { label: 'Transfers' }]}
        title="Transfers"
        description="What goes from one store to another. It is in neither until somebody takes it in."
        actions={
          ctx.can('medicines:write') ? (
            <Link href={paths.newTransfer} className={buttonClass({ variant: 'primary' })}>
              New transfer
            </Link>
          ) : null
        }
      />
      <nav aria-label="Which transfers" className="mb-4 flex flex-wrap gap-2">
        {tabs.map(({ key, label }) => (
          <Link
            key={key}
            href={withQuery(paths.transfers, { show: key })}
            aria-current={show === key ? 'page' : undefined}
            className={buttonClass({ size: 'sm', variant: show === key ? 'primary' : 'secondary' })}
          >
            {label}
          </Link>
        ))}
      </nav>
      <Card>
        {transfers.length === 0 ? (
          <EmptyState
            icon={<Icon of="arrow-right-left" />}
            title={show === 'open' ? 'Nothing is on its way' : 'Nothing was transferred yet'}
          >
            What one store sends to another stands here until it is taken in.
          </EmptyState>
        ) : (
          <TransferList transfers={transfers} timeZone={ctx.timeZone} now={new Date()} />
        )}
      </Card>
      <Pagination
        className="mt-4"
        previousHref={before ? withQuery(paths.transfers, { show, before }) : null}
        nextHref={after ? withQuery(paths.transfers, { show, after }) : null}
      />
    </>
  );
}
