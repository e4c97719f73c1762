import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { type Currency, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { FEE_LABEL, type FeeState } from '../policy';

export type VisitToBill = {
  visitId: string;
  token: number;
  patientId: string;
  patientName: string;
  patientNumber: string;
  doctorName: string | null;
  state: FeeState;
  dueMinor: number;
  billId: string | null;
  /** How much was done and is on no bill yet. */
  open: number;
};

const TONE = { 'to-bill': 'neutral', due: 'warning', paid: 'success' } as const;

/** Who is here today, with what is to be billed and paid. */
export function VisitList({
  visits,
  currency,
  canBill,
  empty,
}: {
  visits: readonly VisitToBill[];
  currency: Currency;
  canBill: boolean;
  empty: string;
}) {
  if (visits.length === 0) return <p className="px-4 py-6 text-text-muted sm:px-5">{empty}</p>;
  return (
    <ul aria-label="Here today" className="divide-y divide-border">
      {visits.map((visit) => (
        <li key={visit.visitId} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5 sm:px-5">
          <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-surface-sunken font-semibold tabular-nums">
            <span className="sr-only">Token </span>
            {visit.token}
          </span>
          <div className="min-w-40 flex-1">
            <Link href={paths.patient(visit.patientId)} className="font-medium hover:underline">
              {visit.patientName}
            </Link>
            <p className="text-[0.8125rem] text-text-muted">
              {[visit.patientNumber, visit.doctorName].filter(Boolean).join(' · ')}
            </p>
          </div>
          <Badge tone={TONE[visit.state]}>{FEE_LABEL[visit.state]}</Badge>
          {visit.state === 'due' ? (
            <span className="w-24 text-right font-medium tabular-nums">
              {formatAmount(visit.dueMinor, currency)}
            </span>
          ) : null}
          {visit.open > 0 && visit.billId ? (
            <span className="text-[0.8125rem] text-text-muted">{visit.open} more to bill</span>
          ) : null}
          {(visit.state === 'to-bill' || visit.open > 0) && canBill ? (
            <Link
              href={paths.newBill(visit.patientId, visit.visitId)}
              className={buttonClass({
                size: 'sm',
                variant: visit.state === 'due' ? 'secondary' : 'primary',
              })}
              aria-label={`Bill ${visit.patientName}`}
            >
              Bill
            </Link>
          ) : null}
          {visit.billId ? (
            <Link
              href={paths.bill(visit.billId)}
              className={buttonClass({
                size: 'sm',
                variant: visit.state === 'due' ? 'primary' : 'secondary',
              })}
              aria-label={
                visit.state === 'due'
                  ? `Take payment of ${visit.patientName}`
                  : `Bill of ${visit.patientName}`
              }
            >
              {visit.state === 'due' ? 'Take payment' : 'Open'}
            </Link>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
