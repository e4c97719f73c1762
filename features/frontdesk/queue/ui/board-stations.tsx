import { clsx } from 'clsx';
import type { BoardToken } from '../dto';
import { boardColumns, STATION_LABEL, STATIONS } from '../policy';

const COLOUR = {
  reception: 'text-station-reception',
  optometry: 'text-station-optometry',
  dilation: 'text-station-dilation',
  doctor: 'text-station-doctor',
  pharmacy: 'text-station-pharmacy',
} as const;

const COLUMNS = { 1: '', 2: 'grid-cols-2', 3: 'grid-cols-3' } as const;

/**
 * Everybody at each station but who is called: the longer a line, the closer it stands. Nobody is left out.
 */
export function BoardStations({ tokens }: { tokens: readonly BoardToken[] }) {
  return (
    <div className="grid flex-1 gap-4 sm:grid-cols-2 lg:grid-cols-5">
      {STATIONS.map((station) => {
        const here = tokens.filter((one) => one.station === station && one.status !== 'called');
        return (
          <section
            key={station}
            aria-label={STATION_LABEL[station]}
            className="rounded-xl border border-border bg-surface-raised p-4"
          >
            <h2
              className={clsx('flex items-baseline justify-between font-semibold text-lg', COLOUR[station])}
            >
              {STATION_LABEL[station]}
              {here.length > 0 ? (
                <span className="text-text-muted tabular-nums">
                  {here.length}
                  <span className="sr-only"> waiting or inside</span>
                </span>
              ) : null}
            </h2>
            <ol className={clsx('mt-3 grid gap-x-3 gap-y-2', COLUMNS[boardColumns(here.length)])}>
              {here.length === 0 ? <li className="text-text-muted">Nobody</li> : null}
              {here.map((one) => (
                <li key={one.token} className="flex flex-wrap items-baseline gap-x-2">
                  <span
                    className={clsx('font-semibold tabular-nums', here.length > 24 ? 'text-lg' : 'text-2xl')}
                  >
                    {one.token}
                  </span>
                  <span className="whitespace-nowrap text-text-muted">{one.initials}</span>
                  {one.status === 'in-progress' ? (
                    <span className="text-[0.8125rem] text-text-muted">inside</span>
                  ) : null}
                </li>
              ))}
            </ol>
          </section>
        );
      })}
    </div>
  );
}
