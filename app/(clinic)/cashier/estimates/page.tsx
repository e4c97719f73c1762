import type { Metadata } from 'next';
import { Section } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { listEstimates } from '@/features/cashier/estimates/queries';
import { estimateListQuery } from '@/features/cashier/estimates/schema';
import { EstimateList } from '@/features/cashier/estimates/ui/estimate-list';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Estimates' };

export default async function EstimatesPage({ searchParams }: PageProps<'/cashier/estimates'>) {
  const ctx = await staffPage('bills:read');
  const query = estimateListQuery.parse(await searchParams);
  const [page, { currency }] = await load(Promise.all([listEstimates(ctx, query), getBillSettings(ctx)]));
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Cashier', href: paths.cashier }, { label: 'Estimates' }]}
        title="Estimates"
        description="What something would cost. A new one begins on the page of its patient."
      />
      <Section title="Estimates" description="Newest first" flush>
        <EstimateList estimates={page.estimates} currency={currency} />
      </Section>
      <Pagination
        label="Estimates"
        className="mt-4"
        previousHref={page.before ? withQuery(paths.estimates, { before: page.before }) : null}
        nextHref={page.after ? withQuery(paths.estimates, { after: page.after }) : null}
      />
    </>
  );
}
