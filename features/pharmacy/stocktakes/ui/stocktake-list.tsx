import { Badge } from '@/components/ui/badge';
import Link from '@/components/ui/link';
import { FORMS } from '@/features/pharmacy/medicines/policy';
import { paths } from '@/lib/paths';
import { formatInstant } from '@/lib/time';
import type { Stocktake } from '../dto';
import { STOCKTAKE_LABEL, type StocktakeState } from '../policy';

const TONE = { counting: 'info', submitted: 'warning', approved: 'success', cancelled: 'neutral' } as const;

export function StocktakeBadge({ state }: { state: StocktakeState }) {
  return <Badge tone={TONE[state]}>{STOCKTAKE_LABEL[state]}</Badge>;
}

/** Stocktakes, newest first. */
export function StocktakeList({
  stocktakes,
  timeZone,
}: {
  stocktakes: readonly Stocktake[];
  timeZone: string;
}) {
  return (
    <ul aria-label="Stocktakes" className="divide-y divide-border">
      {stocktakes.map(({ id, number, storeName, form, state, byName, at, decidedByName }) => (
        <li key={id} className="px-4 py-3 sm:px-5">
          <p className="flex flex-wrap items-center gap-2">
            <Link href={paths.stocktake(id)} className="font-medium text-text hover:underline">
              {number}, {storeName}
            </Link>
            <StocktakeBadge state={state} />
          </p>
          <p className="text-[0.8125rem] text-text-muted">
            {form ? `${FORMS[form]}. ` : ''}Begun by {byName}, {formatInstant(new Date(at), timeZone)}
            {decidedByName ? `; ${STOCKTAKE_LABEL[state].toLowerCase()} by ${decidedByName}` : ''}
          </p>
        </li>
      ))}
    </ul>
  );
}
