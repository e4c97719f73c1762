'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { refreshSafely } from '@/components/forms/refresh-safely';
import { type Day, today } from '@/lib/time';
import { useNow } from './queue-live';

/** Reads the page again when its day is over: a screen that stays on shows no patients of yesterday. */
export function NewDay({ day, now: initial, timeZone }: { day: Day; now: string; timeZone: string }) {
  const router = useRouter();
  const now = useNow(initial);
  const isOver = today(timeZone, new Date(now)) !== day;
  useEffect(() => {
    // The clock of this computer may be ahead: `now` in the list asks again with each tick until the day has
    // changed.
    if (isOver && now > 0) void refreshSafely(router);
  }, [isOver, now, router]);
  return null;
}
