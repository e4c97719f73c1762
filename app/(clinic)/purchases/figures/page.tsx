import type { Metadata } from 'next';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { ExportLinks } from '@/components/ui/export-links';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { ReportTable } from '@/components/ui/report-table';
import { TextLink } from '@/components/ui/text-link';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import {
  listDisposalFigures,
  listItemFigures,
  listPurchaseTaxes,
  listSupplierFigures,
  readStockOn,
  sumStock,
} from '@/features/pharmacy/figures/queries';
import { figuresQuery, PHARMACY_FIGURES } from '@/features/pharmacy/figures/schema';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { load, staffPage } from '@/lib/actions/staff';
import { type Currency, formatAmount, formatFigure } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { formatDay, monthOf, monthText, shiftDay, shiftMonth, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Figures of the pharmacy' };

const UNKNOWN = 'Not known';

export default async function PharmacyFiguresPage({ searchParams }: PageProps<'/purchases/figures'>) {
  const ctx = await staffPage('purchases:read');
  const query = figuresQuery.parse(await searchParams);
  const thisMonth = monthOf(today(ctx.timeZone));
  const { what, month = thisMonth } = query;
  const day = query.day ?? today(ctx.timeZone);
  const [items, suppliers, taxes, { medicines: stocked, places }, disposals, stock, { currency }] =
    await load(
      Promise.all([
        what === 'items' ? listItemFigures(ctx, month) : [],
        what === 'suppliers' ? listSupplierFigures(ctx, month) : [],
        what === 'taxes' ? listPurchaseTaxes(ctx, month) : [],
        what === 'stock' ? readStockOn(ctx, day) : { medicines: [], places: [] },
        what === 'disposals' ? listDisposalFigures(ctx, month) : [],
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
        actions={<ExportLinks href={withQuery(paths.pharmacyFiguresExport, { what, month, day })} />}
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
        {what === 'stock' ? (
          <form className="flex items-end gap-2">
            <input type="hidden" name="what" value="stock" />
            <Field label="At the end of">
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  name="day"
                  defaultValue={day}
                  max={today(ctx.timeZone)}
                  required
                />
              )}
            </Field>
            <Button type="submit">Show</Button>
          </form>
        ) : (
          <nav aria-label="Month" className="flex items-center gap-2">
            <Link
              href={at({ month: shiftMonth(month, -1) })}
              aria-label="The month before"
              className={buttonClass({ size: 'sm' })}
            >
              <Icon of="chevron-left" />
            </Link>
            <span className="min-w-32 text-center font-medium text-sm">{monthText(month)}</span>
            {month < thisMonth ? (
              <Link
                href={at({ month: shiftMonth(month, 1) })}
                aria-label="The month after"
                className={buttonClass({ size: 'sm' })}
              >
                <Icon of="chevron-right" />
              </Link>
            ) : null}
          </nav>
        )}
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
                cell: ({ id, name }) => <TextLink href={paths.medicine(id)}>{name}</TextLink>,
              },
              { label: 'Given out', cell: ({ pieces, unit }) => countOf(pieces, unit) },
              { label: 'Cost', cell: ({ costMinor }) => figure(costMinor) },
              { label: 'Billed before tax', cell: ({ billedMinor }) => figure(billedMinor) },
              { label: 'Margin', cell: ({ marginMinor }) => figure(marginMinor) },
            ]}
            empty="Nothing in this month."
          />
        </Section>
      ) : null}
      {what === 'stock' && places.filter(({ pieces }) => pieces > 0).length > 1 ? (
        <Section
          title={`Where it stood at the end of ${formatDay(day)}`}
          description="What had left one store and not come into the other was in transit."
          className="mb-5"
          flush
          actions={
            <ExportLinks
              href={withQuery(paths.pharmacyFiguresExport, { what, day, by: 'store' })}
              what="the stores"
              size="sm"
            />
          }
        >
          <ReportTable
            caption="Stock by store on a day"
            rows={places.filter(({ pieces }) => pieces > 0)}
            rowKey={({ place }) => place}
            columns={[
              { label: 'Where', cell: ({ name }) => name },
              { label: 'Lots', cell: ({ lots }) => lots },
              {
                label: 'Cost',
                cell: ({ valueMinor, unknown, lots }) => figure(unknown === lots ? null : valueMinor),
              },
              { label: 'Lots of unknown cost', cell: ({ unknown }) => unknown },
            ]}
            empty="Nothing was there."
          />
        </Section>
      ) : null}
      {what === 'stock' ? (
        <Section
          title={`Stock at the end of ${formatDay(day)}`}
          description={`${sumText(stocked, currency)} Out of the ledger, with what was in quarantine.`}
          flush
        >
          <ReportTable
            caption="Stock on a day"
            rows={stocked}
            rowKey={({ id }) => id}
            columns={[
              {
                label: 'Medicine',
                cell: ({ id, name }) => <TextLink href={paths.medicine(id)}>{name}</TextLink>,
              },
              { label: 'Lots', cell: ({ lots }) => lots },
              { label: 'There', cell: ({ pieces, unit }) => countOf(pieces, unit) },
              { label: 'Cost', cell: ({ valueMinor }) => figure(valueMinor) },
            ]}
            empty="Nothing was there."
          />
        </Section>
      ) : null}
      {what === 'disposals' ? (
        <Section
          title="Thrown away"
          description={`In this month, with the reason, in ${currency.code}.`}
          flush
        >
          <ReportTable
            caption="Thrown away"
            rows={disposals}
            rowKey={({ id, reason }) => `${id}-${reason}`}
            columns={[
              {
                label: 'Medicine',
                cell: ({ id, name }) => <TextLink href={paths.medicine(id)}>{name}</TextLink>,
              },
              { label: 'Why', cell: ({ reason }) => reason },
              { label: 'Thrown away', cell: ({ pieces, unit }) => countOf(pieces, unit) },
              { label: 'Cost', cell: ({ costMinor }) => figure(costMinor) },
            ]}
            empty="Nothing in this month."
          />
        </Section>
      ) : null}
      {what === 'suppliers' ? (
        <Section
          title="By supplier"
          description={`Invoices and debit notes that were entered in this month, in ${currency.code}; debit notes are in the sums and not among the invoices.`}
          flush
        >
          <ReportTable
            caption="By supplier"
            rows={suppliers}
            rowKey={({ id }) => id}
            columns={[
              {
                label: 'Supplier',
                cell: ({ id, name }) => (
                  <TextLink
                    href={withQuery(paths.supplier(id), {
                      from: `${month}-01`,
                      to:
                        month < thisMonth ? shiftDay(`${shiftMonth(month, 1)}-01`, -1) : today(ctx.timeZone),
                    })}
                  >
                    {name}
                  </TextLink>
                ),
              },
              { label: 'Invoices', cell: ({ invoices }) => invoices },
              { label: 'Before tax', cell: ({ taxableMinor }) => figure(taxableMinor) },
              { label: 'Tax', cell: ({ taxMinor }) => figure(taxMinor) },
              { label: 'Total', cell: ({ totalMinor }) => figure(totalMinor) },
              { label: 'To pay', cell: ({ dueMinor }) => figure(dueMinor) },
            ]}
            empty="Nothing in this month."
          />
        </Section>
      ) : null}
      {what === 'taxes' ? (
        <Section
          title="Tax on purchases"
          description={`Of what was entered in this month, by its rate, in ${currency.code}. Of goods that went back, the tax in the credit is not known here.`}
          flush
        >
          <ReportTable
            caption="Tax on purchases"
            rows={taxes}
            rowKey={({ what: kind }) => kind}
            columns={[
              { label: 'What', cell: ({ what: kind }) => kind },
              { label: 'Before tax', cell: ({ taxableMinor }) => figure(taxableMinor) },
              { label: 'Tax', cell: ({ taxMinor }) => figure(taxMinor) },
              { label: 'Claimed back', cell: ({ claimedMinor }) => figure(claimedMinor) },
            ]}
            empty="Nothing in this month."
          />
        </Section>
      ) : null}
    </>
  );
}

/** What a list of stock comes to, and of how many medicines that is not known. */
function sumText(rows: readonly { valueMinor: number | null }[], currency: Currency): string {
  const unknown = rows.filter(({ valueMinor }) => valueMinor === null).length;
  const sum = rows.reduce((all, { valueMinor }) => all + (valueMinor ?? 0), 0);
  if (rows.length === unknown) return 'What it had cost is not known.';
  return `It had cost ${formatAmount(sum, currency)}${unknown > 0 ? `, without ${unknown} of ${rows.length} medicines whose cost is not known` : ''}.`;
}

/** A sum that leaves lots out says how many; one that has none of them is not shown. */
function stockText(stock: Awaited<ReturnType<typeof sumStock>>, currency: Currency): string {
  const { lots, unknown, valueMinor, expiredMinor } = stock;
  if (lots === 0) return 'No lot is on the shelf.';
  if (unknown === lots) return 'What the lots on the shelf have cost is not known: it comes from invoices.';
  const left = unknown > 0 ? ` without ${unknown} of ${lots} lots whose cost is not known` : '';
  return `The lots on the shelf have cost ${formatAmount(valueMinor, currency)}${left}, ${formatAmount(expiredMinor, currency)} of it expired.`;
}
