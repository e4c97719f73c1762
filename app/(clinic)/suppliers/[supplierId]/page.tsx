import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { ExportLinks } from '@/components/ui/export-links';
import { Printer } from '@/components/ui/icons';
import { PageHeader } from '@/components/ui/page-header';
import { ReportTable } from '@/components/ui/report-table';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { ENTRY_LABEL, isOwed } from '@/features/pharmacy/supplier-accounts/policy';
import { getStatement, listToSetOff } from '@/features/pharmacy/supplier-accounts/queries';
import { statementQuery } from '@/features/pharmacy/supplier-accounts/schema';
import { AddNote } from '@/features/pharmacy/supplier-accounts/ui/add-note';
import { SetOff } from '@/features/pharmacy/supplier-accounts/ui/set-off';
import { StatementDays } from '@/features/pharmacy/supplier-accounts/ui/statement-days';
import { listSupplierProducts } from '@/features/pharmacy/supplier-products/queries';
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
  const query = statementQuery.parse(await searchParams);
  const [{ supplier, from, to, statement }, toSetOff, products, { currency }] = await load(
    Promise.all([
      getStatement(ctx, supplierId, query),
      listToSetOff(ctx, supplierId),
      listSupplierProducts(ctx, supplierId),
      getBillSettings(ctx),
    ]),
  );
  const money = (minor: number): string => formatAmount(minor, currency);
  const days = { from, to };
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
              <Printer aria-hidden="true" /> Print the statement
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
        {products.length > 0 ? (
          <Section
            title="What this supplier calls our medicines"
            description="Asked about once, when an invoice was entered; the next one finds the medicine by it."
            flush
          >
            <ProductList supplierId={supplierId} products={products} canWrite={ctx.can('purchases:write')} />
          </Section>
        ) : null}
      </div>
    </>
  );
}
