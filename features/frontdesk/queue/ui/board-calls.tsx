'use client';
import { clsx } from 'clsx';
import type { BoardToken } from '../dto';
import { type CallAge, callsByAge, durationText, STATION_LABEL } from '../policy';
import { useNow } from './queue-live';

const TILE: Record<CallAge, string> = {
  new: 'border-accent bg-accent px-8 py-5 text-accent-text motion-safe:animate-in motion-safe:zoom-in-95 motion-safe:fade-in-0',
  recent: 'border-accent/60 bg-surface-raised px-5 py-4 text-text',
  old: 'border-border bg-surface px-4 py-3 text-text-muted',
};
const TOKEN: Record<CallAge, string> = {
  new: 'text-8xl sm:text-9xl',
  recent: 'text-5xl sm:text-6xl',
  old: 'text-3xl sm:text-4xl',
};

/** Everybody who is called, the newest first and the largest; the older a call is, the quieter. */
export function BoardCalls({ calls, now: initial }: { calls: BoardToken[]; now: string }) {
  const now = useNow(initial);
  if (calls.length === 0)
    return <p className="mt-2 text-text-muted text-xl">Please wait until your token is called.</p>;
  return (
    <ul className="mt-3 flex flex-wrap items-stretch gap-4">
      {callsByAge(calls, now).map((one) => (
        <li
          // A second call of the same token is a new one, and moves in again.
          key={`${one.token}-${one.calledAt}`}
          data-age={one.age}
          className={clsx('flex flex-col justify-center rounded-xl border', TILE[one.age])}
        >
          <p className={clsx('font-semibold tabular-nums leading-none', TOKEN[one.age])}>{one.token}</p>
          <p className={clsx('mt-2', one.age === 'new' ? 'text-2xl' : 'text-lg')}>
            {one.initials}, {STATION_LABEL[one.station]}
            {one.room ? `, ${one.room}` : ''}
          </p>
          {one.age === 'new' ? null : (
            <p className="text-[0.8125rem] text-text-muted tabular-nums">{durationText(one.minutes)} ago</p>
          )}
        </li>
      ))}
    </ul>
  );
}
