import { Badge, type BadgeTone } from '@/components/ui/badge';
import Link from '@/components/ui/link';
import { panelLinkClass, panelRowClass } from '@/components/ui/list-panel';
import { type Currency, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import type { Estimate } from '../dto';
import { ESTIMATE_LABEL, type EstimateState } from '../policy';

const TONE: Record<EstimateState, BadgeTone> = {
  open: 'info',
  billed: 'success',
  lapsed: 'neutral',
  withdrawn: 'neutral',
};

export const EstimateBadge = ({ state }: Pick<Estimate, 'state'>) => (
  <Badge tone={TONE[state]}>{ESTIMATE_LABEL[state]}</Badge>
);

/** Estimates, each leading to itself. */
export function EstimateList({
  estimates,
  currency,
}: {
  estimates: readonly Estimate[];
  currency: Currency;
}) {
  if (estimates.length === 0)
    return <p className="px-4 py-6 text-text-muted sm:px-5">No estimate has been written yet.</p>;
  return (
    <ul aria-label="Estimates" className="divide-y divide-border">
      {estimates.map((estimate) => (
        <li key={estimate.id} className={panelRowClass}>
          <div className="min-w-0 flex-1">
            <Link href={paths.estimate(estimate.id)} className={panelLinkClass}>
              {estimate.patientName}
            </Link>
            <p className="text-[0.8125rem] text-text-muted">
              {[
                estimate.number,
                formatDay(estimate.day),
                `valid until ${formatDay(estimate.validUntil)}`,
              ].join(', ')}
            </p>
          </div>
          <EstimateBadge state={estimate.state} />
          <p className="w-28 text-right font-medium tabular-nums">
            {formatAmount(estimate.totalMinor, currency)}
          </p>
        </li>
      ))}
    </ul>
  );
}
