import { Badge } from '@/components/ui/badge';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { formatInstant } from '@/lib/time';
import type { Transfer } from '../dto';
import { onTheWay, TRANSFER_LABEL, type TransferState, transferAge } from '../policy';

export function TransferBadge({ state }: { state: TransferState }) {
  return <Badge tone={state === 'done' ? 'success' : 'warning'}>{TRANSFER_LABEL[state]}</Badge>;
}

/** Transfers, with how long something is on its way. */
export function TransferList({
  transfers,
  timeZone,
  now,
}: {
  transfers: readonly Transfer[];
  timeZone: string;
  now: Date;
}) {
  return (
    <ul aria-label="Transfers" className="divide-y divide-border">
      {transfers.map(({ id, number, fromName, toName, state, lines, byName, at }) => {
        const { days, isLate } = transferAge(at, now);
        const lost = lines.reduce((sum, line) => sum + line.lost, 0);
        const open = lines.reduce((sum, line) => sum + onTheWay(line), 0);
        return (
          <li key={id} className="px-4 py-3 sm:px-5">
            <p className="flex flex-wrap items-center gap-2">
              <Link href={paths.transfer(id)} className="font-medium text-text hover:underline">
                {number}, {fromName} to {toName}
              </Link>
              <TransferBadge state={state} />
              {state !== 'done' && isLate ? <Badge tone="danger">{days} days</Badge> : null}
              {lost > 0 ? <Badge tone="danger">{lost} lost</Badge> : null}
            </p>
            <p className="break-words text-[0.8125rem] text-text-muted">
              {lines.map(({ name, sent }) => `${sent} × ${name}`).join(', ')}
              {open > 0 && state === 'part' ? `; ${open} still on the way` : ''}. {byName},{' '}
              {formatInstant(new Date(at), timeZone)}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
