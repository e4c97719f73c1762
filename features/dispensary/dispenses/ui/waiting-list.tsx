import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { paths } from '@/lib/paths';
import { type Day, formatDay, timeOf } from '@/lib/time';
import type { Waiting } from '../queries';

/** Who waits with what. */
export function WaitingList({
  waiting,
  label,
  today,
  timeZone,
  canDispense,
}: {
  waiting: readonly Waiting[];
  /** What the list is, with its order. */
  label: string;
  today: Day;
  timeZone: string;
  canDispense: boolean;
}) {
  return (
    <ul aria-label={label} className="divide-y divide-border">
      {waiting.map(({ id, patientName, patientNumber, hasDied, phone, token, day, signed, items }) => (
        <li key={id} className="flex flex-wrap items-start justify-between gap-3 px-4 py-3.5 sm:px-5">
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-semibold text-text tabular-nums">{token}</span>
              <Link href={paths.prescription(id)} className="font-medium text-text hover:underline">
                {patientName}
              </Link>
              <span className="text-[0.8125rem] text-text-subtle">{patientNumber}</span>
              {hasDied ? <Badge tone="danger">Deceased</Badge> : null}
              {day === today ? null : <Badge tone="warning">{formatDay(day)}</Badge>}
            </p>
            <p className="text-sm text-text-muted">
              {items.map(({ title, owed, unit }) => `${title} (${countOf(owed, unit)})`).join(', ')}
            </p>
            {items.some(({ isHere }) => isHere) ? (
              <p className="flex flex-wrap items-center gap-2 text-[0.8125rem] text-text-muted">
                <Badge tone="success">
                  {items.every(({ isHere }) => isHere) ? 'Has arrived' : 'Some of it has arrived'}
                </Badge>
                {phone ? (
                  <a href={`tel:${phone}`} className="text-accent tabular-nums hover:underline">
                    {phone}
                  </a>
                ) : null}
              </p>
            ) : null}
            {signed ? (
              <p className="text-[0.8125rem] text-text-subtle">
                {signed.name}, {timeOf(new Date(signed.at), timeZone)}
              </p>
            ) : null}
          </div>
          {canDispense && !hasDied ? (
            <Link
              href={paths.dispense(id)}
              aria-label={`Dispense for ${patientName}`}
              className={buttonClass({ variant: 'primary' })}
            >
              Dispense
            </Link>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
