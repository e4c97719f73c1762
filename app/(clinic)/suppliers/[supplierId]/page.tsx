import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { ExportLinks } from '@/components/ui/export-links';
import { Icon } from '@/components/ui/icon';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { ReportTable } from '@/components/ui/report-table';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { ENTRY_LABEL, isOwed } from '@/features/pharmacy/supplier-accounts/policy';
import { getStatement, listToSetOff } from '@/features/pharmacy/supplier-accounts/queries';
import { statementQuery } from '@/features/pharmacy/supplier-accounts/schema';
import { AddNote } from '@/features/pharmacy/supplier-accounts/ui/add-note';
import { SetOff } from '@/features/pharmacy/supplier-accounts/ui/set-off';
import { StatementDays } from '@/features/pharmacy/supplier-accounts/ui/statement-days';
import { listSupplierProducts } from '@/features/pharmacy/supplier-products/queries';
import { productListQuery } from '@/features/pharmacy/supplier-products/schema';
import { ProductList } from '@/features/pharmacy/supplier-products/ui/product-list';
import { load, staffPage } from '@/lib/actions/staff';
import { formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { formatDay, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Supplier' };

export default async function SupplierPage({ params, searchParams }: PageProps<'/suppliers/[supplierId]'>) {
  const ctx = await staffPage('purchases:read');
  const { supplierId } = await params;
  const asked = await searchParams;
  const query = statementQuery.parse(asked);
  const [{ supplier, from, to, statement }, toSetOff, names, { currency }] = await load(
    Promise.all([
      getStatement(ctx, supplierId, query),
      listToSetOff(ctx, supplierId),
      listSupplierProducts(ctx, supplierId, productListQuery.parse(asked)),
      getBillSettings(ctx),
    ]),
  );
  const money = (minor: number): string => formatAmount(minor, currency);
  const days = { from, to };
  const pageHref = (page: { before?: string; after?: string }): string =>
    withQuery(paths.supplier(supplierId), { ...days, ...page });
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Suppliers', href: paths.suppliers }, { label: supplier.name }]}
        title={supplier.name}
        description={[supplier.phone, supplier.email].filter(Boolean).join(', ')}
        actions={
          <>
            {ctx.can('purchases:write') ? (
              <AddNote supplierId={supplierId} today={today(ctx.timeZone)} />
            ) : null}
            <ExportLinks
              href={withQuery(paths.supplierStatementExport, { supplier: supplierId, ...days })}
              what="the statement"
            />
            <a
              href={withQuery(paths.supplierStatementPrint(supplierId), days)}
              target="_blank"
              rel="noreferrer"
              className={buttonClass()}
            >
              <Icon of="printer" /> Print the statement
            </a>
          </>
        }
      />
      <div className="grid gap-5">
        {toSetOff.credits.length > 0 ? (
          <Section
            title="Credit notes that are not used"
            description="Set off against an invoice, they are no longer to be paid."
            flush
          >
            <ul aria-label="Credit notes" className="divide-y divide-border">
              {toSetOff.credits.map((credit) => (
                <li
                  key={credit.id}
                  className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 sm:px-5"
                >
                  <p className="text-sm text-text">
                    {credit.creditNote}, {credit.number}
                    <span className="block text-[0.8125rem] text-text-muted tabular-nums">
                      {money(credit.leftMinor)} of {money(credit.creditedMinor)} are left
                    </span>
                  </p>
                  {ctx.can('purchases:write') && toSetOff.invoices.length > 0 ? (
                    <SetOff
                      key={credit.version}
                      credit={credit}
                      invoices={toSetOff.invoices}
                      currency={currency}
                    />
                  ) : null}
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
        <StatementDays key={`${from}-${to}`} from={from} to={to} today={today(ctx.timeZone)} />
        <Section title={`Statement, ${formatDay(from)} to ${formatDay(to)}`}>
          <DescriptionList
            columns={2}
            items={[
              { label: 'Brought forward', value: money(statement.openingMinor) },
              { label: 'Invoices and debit notes', value: money(statement.invoicedMinor) },
              { label: 'Paid', value: money(statement.paidMinor) },
              { label: 'Credited', value: money(statement.creditedMinor) },
              {
                label: statement.closingMinor < 0 ? 'The supplier owes' : 'Owed',
                value: money(Math.abs(statement.closingMinor)),
              },
            ]}
          />
        </Section>
        <Section title="Entries" flush>
          <ReportTable
            caption="Entries"
            rows={statement.lines.map((line, index) => ({ ...line, key: String(index) }))}
            rowKey={({ key }) => key}
            columns={[
              { label: 'Day', cell: ({ day }) => formatDay(day) },
              { label: 'What', cell: ({ kind }) => ENTRY_LABEL[kind] },
              { label: 'Reference', cell: ({ reference }) => reference },
              {
                label: 'Owed',
                cell: (line) => (isOwed(line) ? money(line.amountMinor) : ''),
              },
              {
                label: 'Paid or credited',
                cell: (line) => (isOwed(line) ? '' : money(line.amountMinor)),
              },
              { label: 'Balance', cell: ({ balanceMinor }) => money(balanceMinor) },
            ]}
            empty="Nothing in these days."
          />
        </Section>
        {names.products.length > 0 ? (
          <Section
            title="What this supplier calls our medicines"
            description="Asked about once, when an invoice was entered; the next one finds the medicine by it."
            flush
          >
            <ProductList
              supplierId={supplierId}
              products={names.products}
              canWrite={ctx.can('purchases:write')}
            />
            {names.before || names.after ? (
              <Pagination
                label="Pages of names"
                className="border-border border-t px-4 py-3 sm:px-5"
                previousHref={names.before && pageHref({ before: names.before })}
                nextHref={names.after && pageHref({ after: names.after })}
              />
            ) : null}
          </Section>
        ) : null}
      </div>
    </>
  );
}
