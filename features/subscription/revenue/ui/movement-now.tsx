import Link from '@/components/ui/link';
import { formatMoney } from '@/lib/money';
import type { MovementNow } from '../queries';
import { MOVEMENTS } from './revenue-months';
import { figureHref } from './revenue-words';

const signed = (cents: number, currency: string): string =>
  `${cents > 0 ? '+' : ''}${formatMoney(cents, currency)}`;

/** Why MRR is another than at the beginning of the month; each part leads to the organizations behind it. */
export function MovementList({ rows }: { rows: readonly MovementNow[] }) {
  if (rows.length === 0)
    return (
      <p className="px-4 py-3 text-text-muted sm:px-5">
        Nobody has begun, ended or changed a plan this month.
      </p>
    );
  return (
    <ul className="divide-y divide-border">
      {rows.map((row) => (
        <li key={row.currency} className="flex flex-wrap items-baseline gap-x-6 gap-y-1 px-4 py-3 sm:px-5">
          <span className="font-semibold tabular-nums">
            {signed(row.netCents, row.currency)}
            <span className="sr-only"> in all, in {row.currency.toUpperCase()}</span>
          </span>
          {MOVEMENTS.filter(({ field }) => row[field] !== 0).map(({ figure, label, field }) => (
            <Link
              key={figure}
              href={figureHref(figure, { currency: row.currency, month: row.month })}
              className="text-[0.8125rem] text-text-muted underline-offset-4 hover:text-accent hover:underline"
            >
              {label} <span className="tabular-nums">{signed(row[field], row.currency)}</span>
            </Link>
          ))}
        </li>
      ))}
    </ul>
  );
}
