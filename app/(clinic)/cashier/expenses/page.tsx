import type { Metadata } from 'next';
import { Section } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { TabLinks } from '@/components/ui/tabs';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { listExpenses } from '@/features/cashier/expenses/queries';
import { expenseListQuery } from '@/features/cashier/expenses/schema';
import { AskExpense } from '@/features/cashier/expenses/ui/expense-forms';
import { ExpenseList } from '@/features/cashier/expenses/ui/expense-list';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Expenses' };

export default async function ExpensesPage({ searchParams }: PageProps<'/cashier/expenses'>) {
  const ctx = await staffPage('expenses:read');
  const canPay = ctx.can('expenses:write');
  const query = expenseListQuery.parse(await searchParams);
  const { show } = query;
  const [page, { currency }] = await load(Promise.all([listExpenses(ctx, query), getBillSettings(ctx)]));
  const isWaiting = show === 'waiting';
  const canApprove = ctx.can('expense-approvals:write');
  const href = (more: Record<string, string | null>) => withQuery(paths.expenses, { show, ...more });
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Cashier', href: paths.cashier }, { label: 'Expenses' }]}
        title="Expenses"
        description="What the hospital pays for at the counter. Cash leaves the drawer of who pays."
        actions={canPay ? <AskExpense symbol={currency.code} isApproved={canApprove} /> : null}
      />
      <TabLinks
        label="Expenses"
        className="mb-5"
        items={[
          { href: paths.expenses, label: 'Waiting', active: isWaiting },
          { href: withQuery(paths.expenses, { show: 'all' }), label: 'All', active: !isWaiting },
        ]}
      />
      <Section title={isWaiting ? 'To be approved or paid' : 'All expenses'} description="Newest first" flush>
        <ExpenseList
          expenses={page.expenses}
          currency={currency}
          personId={ctx.actor.kind === 'staff' ? ctx.actor.userId : ''}
          canPay={canPay}
          canApprove={canApprove}
          empty={isWaiting ? 'Nothing waits.' : 'Nothing has been paid for yet.'}
        />
      </Section>
      <Pagination
        label="Expenses"
        className="mt-4"
        previousHref={page.before ? href({ before: page.before }) : null}
        nextHref={page.after ? href({ after: page.after }) : null}
      />
    </>
  );
}
