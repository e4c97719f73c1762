import type { Metadata } from 'next';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { ExportLinks } from '@/components/ui/export-links';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { ReportTable } from '@/components/ui/report-table';
import { Select } from '@/components/ui/select';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { doctorShareLines, listShareRules, sumShares } from '@/features/cashier/doctor-shares/queries';
import { doctorShareQuery } from '@/features/cashier/doctor-shares/schema';
import { ShareRuleForm, ShareRuleList } from '@/features/cashier/doctor-shares/ui/share-rules';
import { listDoctors } from '@/features/identity/staff/directory';
import { load, staffPage } from '@/lib/actions/staff';
import { formatFigure } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { scopeOf, scopesOf } from '@/lib/tenancy/at-branch';
import { formatDay, monthOf, monthText, today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'Doctors’ shares' };

/** More than anybody reads; the export has all. */
const MOST_LINES = 500;

/** What doctors have of what was billed in a month, and by which rules. */
export default async function DoctorSharesPage({ searchParams }: PageProps<'/cashier/doctor-shares'>) {
  const ctx = await staffPage('takings:read');
  const query = doctorShareQuery.parse(await searchParams);
  const today = todayIn(ctx.timeZone);
  const month = query.month ?? monthOf(today);
  const scope = scopeOf(ctx, query.branch);
  const scopes = scopesOf(ctx);
  const address = { month, branch: scopes.length > 0 ? scope : null };
  const [lines, rules, doctors, { currency }] = await load(
    Promise.all([
      ...([doctorShareLines(ctx, month, { scope }), listShareRules(ctx)] as const),
      ...([listDoctors(ctx), getBillSettings(ctx)] as const),
    ]),
  );
  const figure = (minor: number) => formatFigure(minor, currency);
  const sums = sumShares(lines);
  const chosen = query.doctor ? lines.filter(({ doctorId }) => doctorId === query.doctor) : [];
  const canWrite = ctx.can('prices:write');
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: 'Cashier', href: paths.cashier },
          { label: 'Reports', href: paths.moneyReports },
          { label: 'Doctors’ shares' },
        ]}
        title="Doctors’ shares"
        description={`${monthText(month)}, in ${currency.code}. Credit notes count below zero in their own month.`}
        actions={
          <ExportLinks
            href={withQuery(paths.doctorSharesExport, { ...address, doctor: query.doctor ?? null })}
          />
        }
      />
      <form action={paths.doctorShares} className="no-print mb-5 flex flex-wrap items-end gap-3">
        <Field label="Month">
          {(control) => <Input {...control} type="month" name="month" defaultValue={month} />}
        </Field>
        {scopes.length > 0 ? (
          <Field label="Branch">
            {(control) => <Select {...control} name="branch" defaultValue={scope} options={scopes} />}
          </Field>
        ) : null}
        <Button type="submit">Show</Button>
      </form>
      <div className="grid gap-5">
        <Section title="By doctor" flush>
          <ReportTable
            caption="Shares by doctor"
            rows={sums}
            rowKey={({ doctorId }) => doctorId}
            columns={[
              {
                label: 'Doctor',
                cell: ({ doctorId, doctorName }) => (
                  <Link
                    href={withQuery(paths.doctorShares, { ...address, doctor: doctorId })}
                    className="underline decoration-border-strong underline-offset-4"
                  >
                    {doctorName}
                  </Link>
                ),
              },
              { label: 'Services', cell: (row) => row.lines },
              { label: 'Billed', cell: ({ netMinor }) => figure(netMinor) },
              { label: 'Without a rule', cell: ({ withoutRuleMinor }) => figure(withoutRuleMinor) },
              { label: 'Share', cell: ({ shareMinor }) => figure(shareMinor) },
            ]}
            empty="Nothing was billed for a doctor in this month."
          />
        </Section>
        {query.doctor ? (
          <Section
            title={chosen[0]?.doctorName ?? 'Nothing'}
            description={
              chosen.length > MOST_LINES
                ? `The first ${MOST_LINES}; the export has all`
                : `${chosen.length} services`
            }
            flush
          >
            <ReportTable
              caption="Services of the doctor"
              rows={chosen.slice(0, MOST_LINES).map((line, index) => ({ ...line, index }))}
              rowKey={({ index }) => String(index)}
              columns={[
                {
                  label: 'Bill',
                  cell: ({ billId, number }) => (
                    <Link
                      href={paths.bill(billId)}
                      className="underline decoration-border-strong underline-offset-4"
                    >
                      {number}
                    </Link>
                  ),
                },
                { label: 'Day', cell: ({ day }) => formatDay(day) },
                { label: 'Patient', cell: ({ patientName }) => patientName },
                { label: 'Service', cell: ({ service }) => service },
                { label: 'Billed', cell: ({ netMinor }) => figure(netMinor) },
                {
                  label: 'Share',
                  cell: ({ shareMinor }) => (shareMinor === null ? 'No rule' : figure(shareMinor)),
                },
              ]}
              empty="Nothing was billed for this doctor."
            />
          </Section>
        ) : null}
        {canWrite ? (
          <Section
            title="New share"
            description="What counted before for the same services ends the day before"
          >
            <ShareRuleForm
              doctors={doctors.map(({ id, name }) => ({ id, name }))}
              currency={currency}
              today={today}
            />
          </Section>
        ) : null}
        <Section title="What doctors have" flush>
          <ShareRuleList rules={rules} currency={currency} today={today} canWrite={canWrite} />
        </Section>
      </div>
    </>
  );
}
