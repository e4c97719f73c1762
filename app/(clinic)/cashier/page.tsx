import type { Metadata } from 'next';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { panelLinkClass, panelRowClass } from '@/components/ui/list-panel';
import { PageHeader } from '@/components/ui/page-header';
import { SearchInput } from '@/components/ui/search-input';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { feesOfVisits } from '@/features/cashier/bills/queries';
import { cashierQuery } from '@/features/cashier/bills/schema';
import { VisitList, type VisitToBill } from '@/features/cashier/bills/ui/visit-list';
import { countCharges } from '@/features/cashier/charges/queries';
import { listOffersToMe } from '@/features/cashier/handovers/queries';
import { HandoverNotes } from '@/features/cashier/handovers/ui/handover-notes';
import { findOwnShift } from '@/features/cashier/shifts/queries';
import { listEndedToday, listQueue } from '@/features/frontdesk/queue/queries';
import { findPatients } from '@/features/patients/patients/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Cashier' };

const ORDER = { due: 0, 'to-bill': 1, paid: 2 } as const;

/** Today's visits with what each has been billed: what is due first, then what is to be billed. */
async function listVisits(ctx: TenantContext): Promise<VisitToBill[]> {
  if (!ctx.can('queue:read')) return [];
  const [{ entries }, ended] = await Promise.all([listQueue(ctx), listEndedToday(ctx)]);
  const visits = [
    ...entries.map(({ visitId, ...entry }) => ({ ...entry, id: visitId })),
    ...ended.filter(({ status }) => status === 'finished'),
  ];
  const fees = await feesOfVisits(
    ctx,
    visits.map(({ id }) => id),
  );
  return visits
    .map((visit) => {
      const fee = fees.get(visit.id);
      return {
        visitId: visit.id,
        token: visit.token,
        patientId: visit.patientId,
        patientName: visit.patientName,
        patientNumber: visit.patientNumber,
        doctorName: visit.doctorName,
        state: fee?.state ?? ('to-bill' as const),
        dueMinor: fee?.dueMinor ?? 0,
        billId: fee?.billId ?? null,
        open: fee?.open ?? 0,
      };
    })
    .sort((a, b) => ORDER[a.state] - ORDER[b.state] || a.token - b.token);
}

export default async function CashierPage({ searchParams }: PageProps<'/cashier'>) {
  const ctx = await staffPage('bills:read');
  const { q } = cashierQuery.parse(await searchParams);
  const [all, settings, shift, found, waiting, offers] = await load(
    Promise.all([
      listVisits(ctx),
      getBillSettings(ctx),
      findOwnShift(ctx),
      q && ctx.can('patients:read') ? findPatients(ctx, q) : [],
      countCharges(ctx),
      ctx.can('payments:write') ? listOffersToMe(ctx) : [],
    ]),
  );
  const ids = new Set(found.map(({ id }) => id));
  const visits = q ? all.filter(({ patientId, token }) => ids.has(patientId) || String(token) === q) : all;
  const absent = found.filter(({ id }) => !visits.some(({ patientId }) => patientId === id));
  const canBill = ctx.can('bills:write');
  const isStale = shift !== null && shift.day !== today(ctx.timeZone);
  return (
    <>
      <PageHeader
        title="Cashier"
        actions={
          <>
            <Link href={paths.charges} className={buttonClass()}>
              Not billed{waiting.open > 0 ? ` (${waiting.open > 99 ? '99+' : waiting.open})` : ''}
            </Link>
            <Link href={paths.bills} className={buttonClass()}>
              Bills
            </Link>
            <Link href={paths.claims} className={buttonClass()}>
              Claims
            </Link>
            <Link href={paths.estimates} className={buttonClass()}>
              Estimates
            </Link>
            <Link href={paths.packages} className={buttonClass()}>
              Packages
            </Link>
            {ctx.can('expenses:read') ? (
              <Link href={paths.expenses} className={buttonClass()}>
                Expenses
              </Link>
            ) : null}
            {ctx.can('takings:read') ? (
              <>
                <Link href={paths.dayBook()} className={buttonClass()}>
                  Day book
                </Link>
                <Link href={paths.moneyReports} className={buttonClass()}>
                  Reports
                </Link>
              </>
            ) : null}
            {ctx.can('payments:write') ? (
              <Link href={paths.shift} className={buttonClass({ variant: shift ? 'secondary' : 'primary' })}>
                {shift ? 'Your shift' : 'Open shift'}
              </Link>
            ) : null}
          </>
        }
      />
      <HandoverNotes ownOffer={null} offers={offers} />
      {isStale ? (
        <Alert
          tone="warning"
          className="mb-5"
          title={`Your shift of ${formatDay(shift.day)} is still open`}
          action={
            <Link href={paths.shift} className={buttonClass({ size: 'sm' })}>
              Count and close it
            </Link>
          }
        />
      ) : null}
      {waiting.toCredit > 0 ? (
        <Alert
          tone="warning"
          className="mb-5"
          title={
            waiting.toCredit === 1
              ? 'Something that was billed has been undone'
              : `${waiting.toCredit > 99 ? '99+' : waiting.toCredit} things that were billed have been undone`
          }
          action={
            <Link href={withQuery(paths.charges, { show: 'credit' })} className={buttonClass({ size: 'sm' })}>
              See what to credit
            </Link>
          }
        />
      ) : null}
      <div className="mb-4">
        <SearchInput
          label="Find a patient"
          placeholder="Name, phone, number or token"
          className="sm:max-w-md"
        />
      </div>
      <Section
        title="Here today"
        description={`${all.filter(({ state }) => state !== 'paid').length} of ${all.length} still to bill or to pay`}
        flush
      >
        <VisitList
          visits={visits}
          currency={settings.currency}
          canBill={canBill}
          empty={
            q ? 'Nobody of that name is here today.' : 'Nobody is here yet. Who is checked in appears here.'
          }
        />
      </Section>
      {absent.length > 0 ? (
        <Section title="Other patients" flush className="mt-5">
          <ul className="divide-y divide-border">
            {absent.map((patient) => (
              <li key={patient.id} className={panelRowClass}>
                <span className="min-w-0 flex-1">
                  <Link
                    href={canBill ? paths.newBill(patient.id) : paths.patient(patient.id)}
                    className={panelLinkClass}
                  >
                    {patient.name}
                  </Link>
                  <span className="block text-[0.8125rem] text-text-muted">
                    {patient.number}, {patient.phone}
                  </span>
                </span>
                {canBill ? <Icon of="plus" className="size-4 text-text-subtle" /> : null}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}
