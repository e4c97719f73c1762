'use client';
import { useRouter } from 'next/navigation';
import { useCallback, useRef, useState } from 'react';
import { refreshSafely } from '@/components/forms/refresh-safely';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import type { Board } from '../queries';
import { BoardCalls } from './board-calls';
import { BoardClock } from './board-clock';
import { BoardStations } from './board-stations';
import { NewDay } from './new-day';
import { QueueLive } from './queue-live';

/** The board of a waiting room. Of a change it asks for the tokens alone, and not for its page. */
export function WaitingBoard({ name, timeZone, saved }: { name: string; timeZone: string; saved: Board }) {
  const router = useRouter();
  const [board, setBoard] = useState(saved);
  const [page, setPage] = useState(saved);
  if (page !== saved) {
    setPage(saved);
    setBoard(saved);
  }
  // Answers may overtake each other; a version goes back when a database is restored.
  const [asked, shown] = [useRef(0), useRef(0)];
  const read = useCallback(async () => {
    const turn = ++asked.current;
    const answer = await fetch(paths.boardNow, { cache: 'no-store' }).catch(() => null);
    if (!answer?.ok) {
      await refreshSafely(router);
      return;
    }
    const next: Board = await answer.json();
    if (turn < shown.current) return;
    shown.current = turn;
    setBoard(next);
  }, [router, asked, shown]);
  const { day, tokens, version, now } = board;
  return (
    <div className="fixed inset-0 z-40 flex flex-col gap-5 overflow-y-auto bg-surface p-4 sm:p-8">
      <header className="flex flex-wrap items-baseline justify-between gap-4">
        <h1 className="font-semibold text-2xl">{name}</h1>
        <div className="flex items-center gap-5">
          <QueueLive version={version} read={read} />
          <BoardClock now={now} timeZone={timeZone} />
          <NewDay day={day} now={now} timeZone={timeZone} />
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
        <BoardCalls calls={tokens.filter(({ status }) => status === 'called')} now={now} />
      </section>
      <BoardStations tokens={tokens} />
    </div>
  );
}
