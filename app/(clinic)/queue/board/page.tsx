import type { Metadata } from 'next';
import Link from 'next/link';
import { STATION_LABEL, STATIONS } from '@/features/frontdesk/queue/policy';
import { listBoard } from '@/features/frontdesk/queue/queries';
import { QueueLive } from '@/features/frontdesk/queue/ui/queue-live';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { timeOf } from '@/lib/time';

export const metadata: Metadata = { title: 'Waiting room board' };

const COLOUR = {
  reception: 'text-station-reception',
  optometry: 'text-station-optometry',
  dilation: 'text-station-dilation',
  doctor: 'text-station-doctor',
  pharmacy: 'text-station-pharmacy',
} as const;

/** For a screen in the waiting room: tokens and initials, never a name. Fills the screen, over the frame of the clinic. */
export default async function BoardPage() {
  const ctx = await staffPage('queue:read');
  const { tokens, version, now } = await load(listBoard(ctx));
  const called = tokens
    .filter(({ status }) => status === 'called')
    .sort((a, b) => (b.calledAt ?? '').localeCompare(a.calledAt ?? ''))
    .slice(0, 4);
  return (
    <div className="fixed inset-0 z-40 flex flex-col gap-5 overflow-y-auto bg-surface p-4 sm:p-8">
      <header className="flex flex-wrap items-baseline justify-between gap-4">
        <h1 className="font-semibold text-2xl">{ctx.organization.name}</h1>
        <div className="flex items-center gap-5">
          <QueueLive version={version} />
          <span className="font-semibold text-2xl tabular-nums">{timeOf(new Date(now), ctx.timeZone)}</span>
          <Link
            href={paths.queue}
            className="text-[0.8125rem] text-text-muted hover:text-text hover:underline"
          >
            Close the board
          </Link>
        </div>
      </header>
      <section
        aria-label="Now called"
        aria-live="polite"
        className="rounded-xl border border-accent bg-accent-soft p-5 sm:p-8"
      >
        <h2 className="font-medium text-accent text-lg">Now called</h2>
        {called.length === 0 ? (
          <p className="mt-2 text-text-muted text-xl">Please wait until your token is called.</p>
        ) : (
          <ul className="mt-3 grid gap-6 sm:grid-cols-2 lg:grid-cols-4">
            {called.map((one) => (
              <li key={one.token}>
                <p className="font-semibold text-6xl tabular-nums sm:text-7xl">{one.token}</p>
                <p className="mt-1 text-xl">
                  {one.initials}, {STATION_LABEL[one.station]}
                  {one.room ? `, ${one.room}` : ''}
                </p>
              </li>
            ))}
          </ul>
        )}
      </section>
      <div className="grid flex-1 gap-4 sm:grid-cols-2 lg:grid-cols-5">
        {STATIONS.map((station) => {
          const here = tokens.filter((one) => one.station === station && one.status !== 'called');
          return (
            <section
              key={station}
              aria-label={STATION_LABEL[station]}
              className="rounded-xl border border-border bg-surface-raised p-4"
            >
              <h2 className={`font-semibold text-lg ${COLOUR[station]}`}>{STATION_LABEL[station]}</h2>
              <ol className="mt-3 grid gap-2">
                {here.length === 0 ? <li className="text-text-muted">Nobody</li> : null}
                {here.slice(0, 12).map((one) => (
                  <li key={one.token} className="flex items-baseline gap-3">
                    <span className="font-semibold text-2xl tabular-nums">{one.token}</span>
                    <span className="text-text-muted">{one.initials}</span>
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
    </div>
  );
}
