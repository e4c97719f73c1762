import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { Section } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { listDeposits } from '@/features/cashier/deposits/queries';
import { depositListQuery } from '@/features/cashier/deposits/schema';
import { DepositForm } from '@/features/cashier/deposits/ui/deposit-form';
import { DepositList } from '@/features/cashier/deposits/ui/deposit-list';
import { listShiftsToDeposit } from '@/features/cashier/shifts/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Bank deposits' };

export default async function DepositsPage({ searchParams }: PageProps<'/cashier/deposits'>) {
  const ctx = await staffPage('takings:read');
  const query = depositListQuery.parse(await searchParams);
  const [page, shifts, { currency }] = await load(
    Promise.all([listDeposits(ctx, query), listShiftsToDeposit(ctx), getBillSettings(ctx)]),
  );
  const canWrite = ctx.can('deposits:write');
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Cashier', href: paths.cashier }, { label: 'Bank deposits' }]}
        title="Bank deposits"
        description="Cash of closed shifts on its way to the bank."
      />
      {canWrite ? (
        <Section
          title="To the bank"
          description="Closed shifts whose takings are still here, the oldest first"
          className="mb-5"
        >
          {shifts.length > 0 ? (
            <DepositForm
              // What goes to the bank leaves the list: the form begins again.
              key={shifts.map(({ id, leftMinor }) => `${id}${leftMinor}`).join()}
              shifts={shifts}
              currency={currency}
              requestKey={randomUUID()}
            />
          ) : (
            <p className="text-text-muted">The takings of all closed shifts are in the bank.</p>
          )}
        </Section>
      ) : null}
      <Section title="Deposits" description="Newest first" flush>
        <DepositList
          deposits={page.deposits.map((deposit) => ({ ...deposit, requestKey: randomUUID() }))}
          currency={currency}
          canWithdraw={canWrite}
        />
      </Section>
      <Pagination
        label="Deposits"
        className="mt-4"
        previousHref={page.before ? withQuery(paths.deposits, { before: page.before }) : null}
        nextHref={page.after ? withQuery(paths.deposits, { after: page.after }) : null}
      />
    </>
  );
}
