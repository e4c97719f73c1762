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
import { optionsOf, Select } from '@/components/ui/select';
import { TextLink } from '@/components/ui/text-link';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { GST_PARTS } from '@/features/cashier/day-book/gst';
import {
  figureRows,
  listRegistrations,
  type MoneyFigure,
  type MoneyFigureRow,
  moneyFigures,
} from '@/features/cashier/day-book/queries';
import { MONEY_REPORTS, moneyReportQuery, spanOf } from '@/features/cashier/day-book/schema';
import { load, staffPage } from '@/lib/actions/staff';
import { formatFigure } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { scopeOf, scopesOf } from '@/lib/tenancy/at-branch';
import { formatDay, monthOf, monthText, today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'Money reports' };

const labels = Object.fromEntries(Object.entries(MONEY_REPORTS).map(([id, { label }]) => [id, label]));

type ShownFigure = Omit<MoneyFigure, 'documents'> & { documents: number | null };

export default async function MoneyReportsPage({ searchParams }: PageProps<'/cashier/reports'>) {
  const ctx = await staffPage('takings:read');
  const query = moneyReportQuery.parse(await searchParams);
  const { what, key } = query;
  const scope = scopeOf(ctx, query.branch);
  const scopes = scopesOf(ctx);
  const days = spanOf(query, todayIn(ctx.timeZone));
  const span = { ...days, scope };
  const isReturned = what === 'taxes' && ctx.organization.country === 'IN';
  const [figures, { currency }, registrations, rows] = await load(
    Promise.all([
      moneyFigures(ctx, what, span),
      getBillSettings(ctx),
      isReturned ? listRegistrations(ctx, monthOf(span.to), scope) : [],
      key === undefined ? ([] as MoneyFigureRow[]) : figureRows(ctx, what, span, key),
    ]),
  );
  const figure = (minor: number) => formatFigure(minor, currency);
  const chosen = figures.find((one) => one.key === key);
  const address = { what, ...days, branch: scopes.length > 0 ? scope : undefined };
  const total = figures.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  // A bill of two services is a document of both: such counts are no sum, and the total has none.
  const shown: ShownFigure[] =
    figures.length > 1 && what !== 'taxes'
      ? [...figures, { key: '', label: 'Total', documents: null, amountMinor: total }]
      : figures;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Cashier', href: paths.cashier }, { label: 'Reports' }]}
        title="Money reports"
        actions={
          <>
            <Link href={paths.doctorShares} className={buttonClass()}>
              Doctors’ shares
            </Link>
            <ExportLinks href={withQuery(paths.moneyExport, { ...address, key })} />
          </>
        }
      />
      <form action={paths.moneyReports} className="no-print mb-5 flex flex-wrap items-end gap-3">
        <Field label="Report">
          {(control) => <Select {...control} name="what" defaultValue={what} options={optionsOf(labels)} />}
        </Field>
        {what === 'dues' ? null : (
          <>
            <Field label="From">
              {(control) => <Input {...control} type="date" name="from" defaultValue={span.from} />}
            </Field>
            <Field label="To">
              {(control) => <Input {...control} type="date" name="to" defaultValue={span.to} />}
            </Field>
          </>
        )}
        {scopes.length > 0 ? (
          <Field label="Branch">
            {(control) => <Select {...control} name="branch" defaultValue={scope} options={scopes} />}
          </Field>
        ) : null}
        <Button type="submit">Show</Button>
      </form>
      <Section
        title={MONEY_REPORTS[what].label}
        description={
          what === 'dues'
            ? `Today, in ${currency.code}`
            : `${formatDay(span.from)} to ${formatDay(span.to)}, in ${currency.code}`
        }
        flush
      >
        <ReportTable
          caption={MONEY_REPORTS[what].label}
          rows={shown}
          rowKey={(row) => row.key || 'total'}
          columns={[
            {
              label: 'What',
              cell: (row) =>
                row.key === '' ? (
                  <span className="font-medium">{row.label}</span>
                ) : (
                  <TextLink href={withQuery(paths.moneyReports, { ...address, key: row.key })}>
                    {row.label}
                  </TextLink>
                ),
            },
            {
              label: 'Documents',
              cell: ({ documents }) => documents ?? '',
            },
            ...(what === 'taxes'
              ? [
                  {
                    label: 'Taxable value',
                    cell: (row: ShownFigure) => figure(row.baseMinor ?? 0),
                  },
                ]
              : []),
            { label: 'Amount', cell: ({ amountMinor }) => figure(amountMinor) },
          ]}
          empty="Nothing in these days."
        />
      </Section>
      {registrations.map((number) => (
        <Section
          key={number}
          title={`GSTR-1, ${monthText(monthOf(span.to))}, ${number}`}
          description="Each part as the return’s own spreadsheet names it; the month is that of the last day above"
          className="mt-5"
        >
          <ul className="flex flex-wrap gap-2">
            {Object.entries(GST_PARTS).map(([part, label]) => (
              <li key={part}>
                <a
                  href={withQuery(paths.gstExport, {
                    ...{ part, number, month: monthOf(span.to), branch: address.branch },
                  })}
                  className={buttonClass({ size: 'sm' })}
                >
                  <Icon of="download" /> {part}: {label}
                </a>
              </li>
            ))}
          </ul>
        </Section>
      ))}
      {key === undefined ? null : (
        <Section
          title={chosen?.label ?? 'Nothing'}
          description={rows.length === 500 ? 'The first 500; the CSV has all' : `${rows.length} documents`}
          flush
          className="mt-5"
        >
          <ReportTable
            caption="Documents"
            rows={rows}
            rowKey={({ id }) => id}
            columns={[
              {
                label: 'Document',
                cell: ({ billId, number }) =>
                  billId ? <TextLink href={paths.bill(billId)}>{number}</TextLink> : number,
              },
              { label: 'Day', cell: ({ day }) => formatDay(day) },
              {
                label:
                  what === 'expenses'
                    ? 'Who got it'
                    : MONEY_REPORTS[what].of === 'settlements'
                      ? 'Payer'
                      : 'Patient',
                cell: ({ patientName }) => patientName,
              },
              { label: 'Amount', cell: ({ amountMinor }) => figure(amountMinor) },
            ]}
            empty="Nothing in these days."
          />
        </Section>
      )}
    </>
  );
}
