import type { Metadata } from 'next';
import Link from '@/components/ui/link';
import { listBoard } from '@/features/frontdesk/queue/queries';
import { BoardCalls } from '@/features/frontdesk/queue/ui/board-calls';
import { BoardClock } from '@/features/frontdesk/queue/ui/board-clock';
import { BoardStations } from '@/features/frontdesk/queue/ui/board-stations';
import { NewDay } from '@/features/frontdesk/queue/ui/new-day';
import { QueueLive } from '@/features/frontdesk/queue/ui/queue-live';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'Waiting room board' };

/**
 * For a screen in the waiting room: tokens and initials, never a name. Fills the screen, over the frame of
 * the clinic.
 */
export default async function BoardPage() {
  const ctx = await staffPage('queue:read');
  const { day, tokens, version, now } = await load(listBoard(ctx));
  const called = tokens.filter(({ status }) => status === 'called');
  return (
    <div className="fixed inset-0 z-40 flex flex-col gap-5 overflow-y-auto bg-surface p-4 sm:p-8">
      <header className="flex flex-wrap items-baseline justify-between gap-4">
        <h1 className="font-semibold text-2xl">{ctx.organization.name}</h1>
        <div className="flex items-center gap-5">
          <QueueLive version={version} />
          <BoardClock now={now} timeZone={ctx.timeZone} />
          <NewDay day={day} now={now} timeZone={ctx.timeZone} />
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
        <BoardCalls calls={called} now={now} />
      </section>
      <BoardStations tokens={tokens} />
    </div>
  );
}
