import { Badge, type BadgeTone } from '@/components/ui/badge';
import Link from '@/components/ui/link';
import { panelLinkClass, panelRowClass } from '@/components/ui/list-panel';
import { type Currency, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import type { BillSummary } from '../dto';
import { type BillState, STATE_LABEL } from '../policy';

const TONE: Record<BillState, BadgeTone> = {
  due: 'warning',
  'part-paid': 'warning',
  'with-payer': 'info',
  paid: 'success',
  'part-credited': 'info',
  credited: 'neutral',
};

export function StateBadge({ bill }: { bill: Pick<BillSummary, 'state' | 'kind'> }) {
  if (bill.kind === 'credit-note') return <Badge tone="info">Credit note</Badge>;
  return <Badge tone={TONE[bill.state]}>{STATE_LABEL[bill.state]}</Badge>;
}

/** Bills and credit notes, each leading to itself. */
export function BillList({
  bills,
  currency,
  showPatient,
  empty,
}: {
  bills: readonly BillSummary[];
  currency: Currency;
  showPatient: boolean;
  empty: string;
}) {
  if (bills.length === 0) return <p className="px-4 py-6 text-text-muted sm:px-5">{empty}</p>;
  return (
    <ul className="divide-y divide-border">
      {bills.map((bill) => (
        <li key={bill.id} className={panelRowClass}>
          <div className="min-w-0 flex-1">
            <Link href={paths.bill(bill.id)} className={panelLinkClass}>
              {showPatient ? bill.patientName : bill.number}
            </Link>
            <p className="text-[0.8125rem] text-text-muted">
              {[showPatient ? bill.number : null, formatDay(bill.day), bill.doctorName]
                .filter(Boolean)
                .join(', ')}
            </p>
          </div>
          <StateBadge bill={bill} />
          <p className="w-28 text-right tabular-nums">
            <span className="block font-medium text-text">{formatAmount(bill.totalMinor, currency)}</span>
            {bill.dueMinor > 0 && bill.dueMinor !== bill.totalMinor ? (
              <span className="block text-[0.8125rem] text-warning">
                {formatAmount(bill.dueMinor, currency)} due
              </span>
            ) : null}
          </p>
        </li>
      ))}
    </ul>
  );
}
