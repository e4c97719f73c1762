'use client';

import { useEffect, useState } from 'react';
import { dateFormat } from '@/lib/formats';

const inWords = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** "5 minutes ago", kept true; the full time on hover. `value` is an ISO instant. */
export function RelativeTime({
  value,
  timeZone,
  className,
}: {
  value: string;
  timeZone?: string;
  className?: string;
}) {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), 30_000);
    return () => clearInterval(timer);
  }, []);
  const instant = new Date(value);
  const full = dateFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone ? { timeZone } : {}),
  }).format(instant);
  return (
    // Server and browser count from clocks a moment apart, and may be in different zones.
    <time dateTime={value} title={full} className={className} suppressHydrationWarning>
      {relative(instant, Date.now())}
    </time>
  );
}

/** "5 minutes ago" for an instant, seen from `now` (milliseconds). */
export function relative(instant: Date, now: number): string {
  const seconds = (instant.getTime() - now) / 1000;
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return inWords.format(Math.trunc(seconds / size), unit);
  }
  return 'just now';
}
