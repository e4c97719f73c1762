import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { paths } from '@/lib/paths';
import { formatInstant } from '@/lib/time';
import type { GivenOut } from '../queries';

/** What was handed out to whom, newest first: the way to its labels, and to what comes back. */
export function GivenList({ given, timeZone }: { given: readonly GivenOut[]; timeZone: string }) {
  return (
    <ul aria-label="Given, newest first" className="divide-y divide-border">
      {given.map(({ id, prescriptionId, sale, patientName, patientNumber, at, byName, lines }) => (
        <li key={id} className="flex flex-wrap items-start justify-between gap-3 px-4 py-3.5 sm:px-5">
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium text-text">{patientName}</span>
              <span className="text-[0.8125rem] text-text-subtle">{patientNumber}</span>
              {sale ? <Badge>Sold at the counter</Badge> : null}
            </p>
            <p className="text-sm text-text-muted">
              {lines
                .map(({ name, quantity, unit }) =>
                  quantity > 0 ? `${name} (${countOf(quantity, unit)})` : `${name} (not dispensed)`,
                )
                .join(', ')}
            </p>
            <p className="text-[0.8125rem] text-text-subtle">
              {byName}, {formatInstant(new Date(at), timeZone)}
            </p>
          </div>
          <Link
            href={prescriptionId ? paths.dispense(prescriptionId) : paths.sale(id)}
            aria-label={`Open what was given to ${patientName}`}
            className={buttonClass()}
          >
            Open
          </Link>
        </li>
      ))}
    </ul>
  );
}
