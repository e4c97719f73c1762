import type { Metadata } from 'next';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Stat, StatGrid } from '@/components/ui/stat';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { closeDayAction } from '@/features/cashier/day-book/actions';
import { readDayBook } from '@/features/cashier/day-book/queries';
import { dayBookQuery } from '@/features/cashier/day-book/schema';
import { CashTable, DocumentTable, MethodTable } from '@/features/cashier/day-book/ui/day-sums';
import { listHandoversOf } from '@/features/cashier/handovers/queries';
import { HandoverList } from '@/features/cashier/handovers/ui/handover-list';
import { countFailedRefunds } from '@/features/cashier/online-refunds/queries';
import { listOpenShifts } from '@/features/cashier/shifts/queries';
import { ShiftList } from '@/features/cashier/shifts/ui/shift-list';
import { load, staffPage } from '@/lib/actions/staff';
import { formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { formatDay, formatInstant, shiftDay, today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'Day book' };

export default async function DayBookPage({ searchParams }: PageProps<'/cashier/day-book'>) {
  const ctx = await staffPage('takings:read');
  const today = todayIn(ctx.timeZone);
  const { day = today } = dayBookQuery.parse(await searchParams);
  const [book, { currency }, open, handovers, failed] = await load(
    Promise.all([
      readDayBook(ctx, day),
      getBillSettings(ctx),
      listOpenShifts(ctx),
      listHandoversOf(ctx, day),
      countFailedRefunds(ctx),
    ]),
  );
  const forgotten = open.filter((shift) => shift.day < today);
  const { closed } = book;
  const differs =
    closed && (closed.billedMinor !== book.billedMinor || closed.collectedMinor !== book.collectedMinor);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Cashier', href: paths.cashier }, { label: 'Day book' }]}
        title={`Day book of ${formatDay(day)}`}
        badge={closed ? <Badge tone="success">Closed</Badge> : null}
        description={
          closed ? `Closed ${formatInstant(new Date(closed.at), ctx.timeZone)} by ${closed.byName}` : null
        }
        actions={
          <>
            <Link href={paths.dayBook(shiftDay(day, -1))} className={buttonClass()}>
              Day before
            </Link>
            {day < today ? (
              <Link href={paths.dayBook(shiftDay(day, 1))} className={buttonClass()}>
                Day after
              </Link>
            ) : null}
            {!closed && day <= today && ctx.can('days:write') ? (
              <ConfirmAction
                trigger={<Button variant="primary">Close the day</Button>}
                title={`Close ${formatDay(day)}?`}
                description="Nothing more can be billed or paid on this day, at any counter."
                confirm="Close the day"
                tone="primary"
                action={closeDayAction}
                fields={{ day }}
              />
            ) : null}
          </>
        }
      />
      {differs ? (
        <Alert tone="danger" className="mb-5" title="This day does not read as it was closed">
          It was closed with {formatAmount(closed.billedMinor, currency)} billed and{' '}
          {formatAmount(closed.collectedMinor, currency)} collected. Please tell our support.
        </Alert>
      ) : null}
      {forgotten.length > 0 ? (
        <Alert tone="warning" className="mb-5" title="Shifts of earlier days are still open">
          <ul className="grid gap-1">
            {forgotten.map(({ id, cashierName, day: of }) => (
              <li key={id}>
                {cashierName}, {formatDay(of)}
                {ctx.can('days:write') ? (
                  <>
                    {': '}
                    <Link href={paths.shiftOf(id)} className="underline underline-offset-4">
                      count and close it
                    </Link>
                  </>
                ) : null}
              </li>
            ))}
          </ul>
        </Alert>
      ) : null}
      {failed > 0 ? (
        <Alert
          tone="warning"
          className="mb-5"
          title={failed === 1 ? 'A refund online has failed' : `${failed} refunds online have failed`}
          action={
            <Link href={paths.onlinePayments} className={buttonClass({ size: 'sm' })}>
              See why
            </Link>
          }
        />
      ) : null}
      <StatGrid>
        <Stat
          label="Billed"
          value={formatAmount(book.billedMinor, currency)}
          hint="Bills less credit notes"
          href={withQuery(paths.bills, { day })}
        />
        <Stat
          label="Collected"
          value={formatAmount(book.collectedMinor, currency)}
          hint="Money in less money out"
        />
        <Stat
          label="Advances taken"
          value={formatAmount(book.advances.moneyMinor, currency)}
          hint="Held, no income yet"
        />
        <Stat
          label="Paid out of advances"
          value={formatAmount(book.advancesUsedMinor, currency)}
          hint="No money of this day"
        />
      </StatGrid>
      <div className="mt-5 grid items-start gap-5 lg:grid-cols-2">
        <Section title="Money" flush>
          <MethodTable book={book} currency={currency} />
        </Section>
        <Section title="Documents" flush>
          <DocumentTable book={book} currency={currency} />
        </Section>
      </div>
      <Section
        title="Cash"
        flush
        className="mt-5"
        actions={
          <Link href={paths.deposits} className={buttonClass({ size: 'sm' })}>
            Bank deposits
          </Link>
        }
      >
        <CashTable book={book} currency={currency} />
      </Section>
      <Section title="Shifts" flush className="mt-5">
        <ShiftList
          shifts={book.shifts}
          currency={currency}
          canClose={ctx.can('days:write')}
          empty="No shift was opened."
        />
      </Section>
      {handovers.length > 0 ? (
        <Section title="Handovers" flush className="mt-5">
          <HandoverList handovers={handovers} currency={currency} />
        </Section>
      ) : null}
    </>
  );
}
