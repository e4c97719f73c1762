import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { listSupplierReturns } from '@/features/pharmacy/supplier-returns/queries';
import { supplierReturnsQuery } from '@/features/pharmacy/supplier-returns/schema';
import { ClaimList } from '@/features/pharmacy/supplier-returns/ui/claim-list';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'Returns to suppliers' };

export default async function SupplierReturnsPage({ searchParams }: PageProps<'/purchases/returns'>) {
  const ctx = await staffPage('purchases:read');
  const query = supplierReturnsQuery.parse(await searchParams);
  const [{ returns, before, after }, { currency }] = await load(
    Promise.all([listSupplierReturns(ctx, query), getBillSettings(ctx)]),
  );
  const { show } = query;
  const tabs = [
    { key: 'open', label: 'Credit is waited for' },
    { key: 'all', label: 'All' },
  ];
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Purchases', href: paths.purchases }, { label: 'Returns to suppliers' }]}
        title="Returns to suppliers"
        description="What went back, and which credits are still waited for."
        actions={
          ctx.can('purchases:write') ? (
            <Link href={paths.newSupplierReturn} className={buttonClass({ variant: 'primary' })}>
              Send something back
            </Link>
          ) : null
        }
      />
      <nav aria-label="Which returns" className="mb-4 flex flex-wrap gap-2">
        {tabs.map(({ key, label }) => (
          <Link
            key={key}
            href={withQuery(paths.supplierReturns, { show: key })}
            aria-current={show === key ? 'page' : undefined}
            className={buttonClass({ size: 'sm', variant: show === key ? 'primary' : 'secondary' })}
          >
            {label}
          </Link>
        ))}
      </nav>
      <Card>
        {returns.length === 0 ? (
          <EmptyState
            icon={<Icon of="package-x" />}
            title={show === 'open' ? 'No credit is waited for' : 'Nothing went back yet'}
          >
            What has expired or is recalled goes back to who sold it, and the credit is waited for here.
          </EmptyState>
        ) : (
          <ClaimList returns={returns} currency={currency} today={today(ctx.timeZone)} />
        )}
      </Card>
      <Pagination
        className="mt-4"
        previousHref={before ? withQuery(paths.supplierReturns, { show, before }) : null}
        nextHref={after ? withQuery(paths.supplierReturns, { show, after }) : null}
      />
    </>
  );
}
