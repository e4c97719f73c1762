import type { Metadata } from 'next';
import { Section } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { TabLinks } from '@/components/ui/tabs';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { listCharges } from '@/features/cashier/charges/queries';
import { chargeListQuery } from '@/features/cashier/charges/schema';
import { ChargeList } from '@/features/cashier/charges/ui/charge-list';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Not billed' };

export default async function ChargesPage({ searchParams }: PageProps<'/cashier/charges'>) {
  const ctx = await staffPage('bills:read');
  const query = chargeListQuery.parse(await searchParams);
  const { show } = query;
  const [page, { currency }] = await load(Promise.all([listCharges(ctx, query), getBillSettings(ctx)]));
  const isCredit = show === 'credit';
  const href = (more: Record<string, string | null>) => withQuery(paths.charges, { show, ...more });
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Cashier', href: paths.cashier }, { label: 'Not billed' }]}
        title={isCredit ? 'To credit' : 'Done and not billed'}
        description={
          isCredit
            ? 'What was billed and then undone: given back, or left without being seen.'
            : 'Visits, tests, procedures and medicines that no bill has taken yet.'
        }
      />
      <TabLinks
        label="Worklists"
        className="mb-5"
        items={[
          { href: paths.charges, label: 'Not billed', active: !isCredit },
          { href: withQuery(paths.charges, { show: 'credit' }), label: 'To credit', active: isCredit },
        ]}
      />
      <Section title={isCredit ? 'To credit' : 'Not billed'} description="Oldest first" flush>
        <ChargeList
          charges={page.charges}
          currency={currency}
          show={show}
          canBill={ctx.can('bills:write')}
          canSetAside={ctx.can('charges:write')}
          empty={isCredit ? 'Nothing is to be credited.' : 'Everything that was done is billed.'}
        />
      </Section>
      <Pagination
        label="Charges"
        className="mt-4"
        previousHref={page.before ? href({ before: page.before }) : null}
        nextHref={page.after ? href({ after: page.after }) : null}
      />
    </>
  );
}
