import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { ExportLinks } from '@/components/ui/export-links';
import { PageHeader } from '@/components/ui/page-header';
import { ReportTable } from '@/components/ui/report-table';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { listItemFigures, listSupplierFigures, sumStock } from '@/features/pharmacy/figures/queries';
import { figuresQuery, PHARMACY_FIGURES } from '@/features/pharmacy/figures/schema';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { load, staffPage } from '@/lib/actions/staff';
import { withQuery } from '@/lib/address-query';
import { type Currency, formatAmount, formatFigure } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { monthOf, monthText, shiftMonth, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Figures of the pharmacy' };

const UNKNOWN = 'Not known';

export default async function PharmacyFiguresPage({ searchParams }: PageProps<'/purchases/figures'>) {
  const ctx = await staffPage('purchases:read');
  const query = figuresQuery.parse(await searchParams);
  const thisMonth = monthOf(today(ctx.timeZone));
  const { what, month = thisMonth } = query;
  const [items, suppliers, stock, { currency }] = await load(
    Promise.all([
      what === 'items' ? listItemFigures(ctx, month) : [],
      what === 'suppliers' ? listSupplierFigures(ctx, month) : [],
      sumStock(ctx),
      getBillSettings(ctx),
    ]),
  );
  const figure = (minor: number | null) => (minor === null ? UNKNOWN : formatFigure(minor, currency));
  const at = (more: Record<string, string>) => withQuery(paths.pharmacyFigures, { what, month, ...more });
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Purchases', href: paths.purchases }, { label: 'Figures' }]}
        title="Figures of the pharmacy"
        description={stockText(stock, currency)}
        actions={<ExportLinks href={withQuery(paths.pharmacyFiguresExport, { what, month })} />}
      />
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <nav aria-label="Which figures" className="flex flex-wrap gap-2">
          {Object.entries(PHARMACY_FIGURES).map(([key, label]) => (
            <Link
              key={key}
              href={at({ what: key })}
              aria-current={what === key ? 'page' : undefined}
              className={buttonClass({ size: 'sm', variant: what === key ? 'primary' : 'secondary' })}
            >
              {label}
            </Link>
          ))}
        </nav>
        <nav aria-label="Month" className="flex items-center gap-2">
          <Link
            href={at({ month: shiftMonth(month, -1) })}
            aria-label="The month before"
            className={buttonClass({ size: 'sm' })}
          >
            <ChevronLeft aria-hidden="true" />
          </Link>
          <span className="min-w-32 text-center font-medium text-sm">{monthText(month)}</span>
          {month < thisMonth ? (
            <Link
              href={at({ month: shiftMonth(month, 1) })}
              aria-label="The month after"
              className={buttonClass({ size: 'sm' })}
            >
              <ChevronRight aria-hidden="true" />
            </Link>
          ) : null}
        </nav>
      </div>
      {what === 'items' ? (
        <Section
          title="By medicine"
          description={`What was given out and what was billed in this month, in ${currency.code}. What is given today and billed tomorrow is in two days.`}
          flush
        >
          <ReportTable
            caption="By medicine"
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              {
                label: 'Medicine',
                cell: ({ id, name }) => (
                  <Link
                    href={paths.medicine(id)}
                    className="underline decoration-border-strong underline-offset-4"
                  >
                    {name}
                  </Link>
                ),
              },
              { label: 'Given out', cell: ({ pieces, unit }) => countOf(pieces, unit) },
              { label: 'Cost', cell: ({ costMinor }) => figure(costMinor) },
              { label: 'Billed before tax', cell: ({ billedMinor }) => figure(billedMinor) },
              { label: 'Margin', cell: ({ marginMinor }) => figure(marginMinor) },
            ]}
            empty="Nothing in this month."
          />
        </Section>
      ) : (
        <Section
          title="By supplier"
          description={`Invoices that were entered in this month, in ${currency.code}.`}
          flush
        >
          <ReportTable
            caption="By supplier"
            rows={suppliers}
            rowKey={({ id }) => id}
            columns={[
              { label: 'Supplier', cell: ({ name }) => name },
              { label: 'Invoices', cell: ({ invoices }) => invoices },
              { label: 'Before tax', cell: ({ taxableMinor }) => figure(taxableMinor) },
              { label: 'Tax', cell: ({ taxMinor }) => figure(taxMinor) },
              { label: 'Total', cell: ({ totalMinor }) => figure(totalMinor) },
              { label: 'To pay', cell: ({ dueMinor }) => figure(dueMinor) },
            ]}
            empty="Nothing in this month."
          />
        </Section>
      )}
    </>
  );
}

/** A sum that leaves lots out says how many; one that has none of them is not shown. */
function stockText(stock: Awaited<ReturnType<typeof sumStock>>, currency: Currency): string {
  const { lots, unknown, valueMinor, expiredMinor } = stock;
  if (lots === 0) return 'No lot is on the shelf.';
  if (unknown === lots) return 'What the lots on the shelf have cost is not known: it comes from invoices.';
  const left = unknown > 0 ? ` without ${unknown} of ${lots} lots whose cost is not known` : '';
  return `The lots on the shelf have cost ${formatAmount(valueMinor, currency)}${left}, ${formatAmount(expiredMinor, currency)} of it expired.`;
}
