import { clsx } from 'clsx';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { countUpTo, dueName } from '@/lib/words';
import { RECALL_LABEL, RECALL_MONTHS, type RecallMonths } from '../policy';
import type { RecallCount } from '../queries';

const chip = (isChosen: boolean) =>
  clsx(
    'inline-flex min-h-8 items-center gap-1.5 rounded-md border px-3 text-[0.8125rem]',
    isChosen
      ? 'border-accent bg-accent-soft font-medium text-text'
      : 'border-border text-text-muted hover:border-border-strong hover:text-text',
  );

/**
 * After how long somebody is due, and the month of it, each with how many. Links: the choice stays in the
 * address.
 */
export function RecallFilter({
  months,
  due,
  counts,
}: {
  months: RecallMonths;
  due: string;
  counts: readonly RecallCount[];
}) {
  return (
    <div className="no-print grid gap-3">
      <nav aria-label="Time since the last visit" className="flex flex-wrap gap-1.5">
        {RECALL_MONTHS.map((one) => (
          <Link
            key={one}
            href={`${paths.recalls}?months=${one}`}
            aria-current={one === months ? 'page' : undefined}
            className={chip(one === months)}
          >
            {RECALL_LABEL[one]}
          </Link>
        ))}
      </nav>
      <nav aria-label="Month due" className="flex flex-wrap gap-1.5">
        {counts.map((one) => (
          <Link
            key={one.due}
            href={`${paths.recalls}?months=${months}&due=${one.due}`}
            aria-current={one.due === due ? 'page' : undefined}
            className={chip(one.due === due)}
          >
            {dueName(one.due)}
            <span className="tabular-nums">({countUpTo(one)})</span>
          </Link>
        ))}
      </nav>
    </div>
  );
}
