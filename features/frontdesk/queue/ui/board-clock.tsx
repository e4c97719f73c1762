'use client';
import { timeOf } from '@/lib/time';
import { useNow } from './queue-live';

/** The time of day in the organization's time zone; runs by itself. */
export function BoardClock({ now: initial, timeZone }: { now: string; timeZone: string }) {
  const now = useNow(initial);
  return <span className="font-semibold text-2xl tabular-nums">{timeOf(new Date(now), timeZone)}</span>;
}
