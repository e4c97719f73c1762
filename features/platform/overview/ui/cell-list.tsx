import { May } from '@/components/layout/may';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Meter } from '@/components/ui/meter';
import { RelativeTime } from '@/components/ui/relative-time';
import { formatBytes } from '@/lib/money';
import type { CellForecast } from '@/lib/provisioning/capacity';
import { dayOf, formatDay } from '@/lib/time';
import { counted } from '@/lib/words';
import { PACE_DAYS } from '../policy';
import type { CellEntry } from '../queries/databases';
import { OpenCellButton } from './organization-actions';

const STATE = {
  open: { tone: 'success', label: 'Takes new organizations' },
  filling: { tone: 'warning', label: 'Above 70 %, add a cell' },
  full: { tone: 'danger', label: 'Above 80 %, takes no more' },
  closed: { tone: 'neutral', label: 'Closed to new ones' },
} as const;

const number = (value: number): string => value.toLocaleString('en-US');

/** The clusters that organizations share, and how near each is to its limits. */
export function CellList({
  cells,
  forecast,
  now,
}: {
  cells: readonly CellEntry[];
  forecast: CellForecast;
  now: Date;
}) {
  return (
    <Section
      title="Cells"
      description="New organizations go to the least full one. Placing stops at 80 % of any limit."
      flush
    >
      {cells.length === 0 ? (
        <EmptyState title="No cells yet" className="py-8">
          The first one appears with the first organization that has paid.
        </EmptyState>
      ) : (
        <>
          <p className="px-4 pb-4 text-text-muted sm:px-5">{forecastWords(forecast, now)}</p>
          <ul className="divide-y divide-border border-border border-t">
            {cells.map((cell) => (
              <Cell key={cell.id} cell={cell} />
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

/** Beyond a few years a pace says nothing of a day. */
const LONGEST_DAYS = 3 * 366;

function forecastWords({ room, came, lastsDays }: CellForecast, now: Date): string {
  if (room === null) return 'Nothing limits how many organizations the cells take.';
  const left = `Room for ${room === 0 ? 'no more' : `about ${number(room)} more`} organizations`;
  const pace = `${came === 0 ? 'none' : number(came)} came in the last ${PACE_DAYS} days`;
  if (room === 0) return `${left}: ${pace}. Add a cell.`;
  if (lastsDays === null) return `${left}; ${pace}.`;
  if (lastsDays > LONGEST_DAYS) return `${left}; ${pace}, and at that pace it lasts for years.`;
  const day = dayOf(new Date(now.getTime() + lastsDays * 86_400_000), 'UTC');
  return `${left}; ${pace}, and at that pace it lasts until ${formatDay(day)}.`;
}

function Cell({ cell }: { cell: CellEntry }) {
  const { usage, limits } = cell;
  const state = STATE[cell.state];
  return (
    <li className="grid gap-3 px-4 py-4 sm:px-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h3 className="font-medium text-text">{cell.id}</h3>
          <Badge tone={state.tone}>{state.label}</Badge>
          <span className="text-[0.8125rem] text-text-muted">
            {counted(cell.organizations, 'organization')},{' '}
            {cell.prepared > 0 ? `${counted(cell.prepared, 'database')} waiting ready, ` : ''}weight{' '}
            {cell.weight}, measured{' '}
            {cell.measuredAt ? <RelativeTime value={cell.measuredAt} timeZone="UTC" /> : 'not yet'}
          </span>
        </div>
        <May to="databases:write">
          <OpenCellButton cellId={cell.id} acceptsNew={cell.acceptsNew} />
        </May>
      </div>
      <div className="grid gap-4 sm:grid-cols-3">
        <Meter
          label="Collections and indexes"
          value={usage.files}
          max={limits.files}
          text={amount(usage.files, limits.files, number)}
        />
        <Meter
          label="Storage"
          value={usage.storageBytes}
          max={limits.storageBytes}
          text={
            cell.measuredAt
              ? amount(usage.storageBytes, limits.storageBytes, formatBytes)
              : 'not measured yet'
          }
        />
        <Meter
          label="Connections"
          value={usage.connections}
          max={limits.connections}
          text={cell.measuredAt ? amount(usage.connections, limits.connections, number) : 'not measured yet'}
        />
      </div>
    </li>
  );
}

const amount = (used: number, limit: number | null, words: (value: number) => string): string =>
  limit === null ? `${words(used)}, no limit` : `${words(used)} of ${words(limit)}`;
