import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { listBills } from '@/features/cashier/bills/queries';
import { billListQuery } from '@/features/cashier/bills/schema';
import { BillList } from '@/features/cashier/bills/ui/bill-list';
import { countFailedRefunds } from '@/features/cashier/online-refunds/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { formatDay } from '@/lib/time';

export const metadata: Metadata = { title: 'Bills' };

export default async function BillsPage({ searchParams }: PageProps<'/cashier/bills'>) {
  const ctx = await staffPage('bills:read');
  const query = billListQuery.parse(await searchParams);
  const [page, settings, failed] = await load(
    Promise.all([listBills(ctx, query), getBillSettings(ctx), countFailedRefunds(ctx)]),
  );
  const { show, day } = query;
  const href = (more: Record<string, string | null | undefined>) =>
    withQuery(paths.bills, { show: day ? null : show, day, ...more });
  const title = day ? `Bills of ${formatDay(day)}` : show === 'due' ? 'Due' : 'All bills';
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Cashier', href: paths.cashier }, { label: 'Bills' }]}
        title="Bills"
        actions={
          <>
            <Link href={paths.onlinePayments} className={buttonClass()}>
              Online payments{failed > 0 ? ` (${failed} failed)` : ''}
            </Link>
            <Link href={href({ day: null, show: 'due' })} className={buttonClass()}>
              Due
            </Link>
            <Link href={href({ day: null, show: 'all' })} className={buttonClass()}>
              All
            </Link>
          </>
        }
      />
      <Section title={title} description="Newest first" flush>
        <BillList
          bills={page.bills}
          currency={settings.currency}
          showPatient
          empty={show === 'due' && !day ? 'Nothing is due.' : 'There are no bills.'}
        />
      </Section>
      <Pagination
        label="Bills"
        className="mt-4"
        previousHref={page.before ? href({ before: page.before }) : null}
        nextHref={page.after ? href({ after: page.after }) : null}
      />
    </>
  );
}
