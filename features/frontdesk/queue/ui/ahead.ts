'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { afterPaint } from '@/components/forms/after-paint';
import { toast } from '@/components/ui/toast';
import type { QueueEntry } from '../dto';

/** What a press makes of a row, shown before the server has answered; null where the row goes away. */
type Ahead = Partial<Pick<QueueEntry, 'status' | 'station' | 'priority' | 'note' | 'readyAt'>> | null;
type Shown = { ahead: Ahead; since: QueueEntry; underWay: number };
export type Presses = ReadonlyMap<string, Shown>;

/** How long a press is shown after its answer when the page has not been read again, in milliseconds. */
const PATIENCE_MS = 3_000;

const isTheSame = (a: QueueEntry, b: QueueEntry): boolean =>
  a.status === b.status && a.station === b.station && a.priority === b.priority && a.queuedAt === b.queuedAt;

/** The rows with what was pressed and is not answered yet. Everything else is as the server says. */
export const aheadOf = (entries: readonly QueueEntry[], presses: Presses): QueueEntry[] =>
  entries.flatMap((entry) => {
    const press = presses.get(entry.id);
    if (!press) return [entry];
    return press.ahead ? [{ ...entry, ...press.ahead }] : [];
  });

/** Without the presses whose answer is on the page: their row has changed or gone since. */
export const withoutAnswered = (entries: readonly QueueEntry[], presses: Presses): Presses => {
  const now = new Map(entries.map((entry) => [entry.id, entry]));
  const left = [...presses].filter(([id, { since, underWay }]) => {
    const entry = now.get(id);
    return underWay > 0 || (entry !== undefined && isTheSame(entry, since));
  });
  return left.length === presses.size ? presses : new Map(left);
};

export type PressRow = (
  entry: QueueEntry,
  ahead: Ahead,
  run: () => Promise<string | undefined>,
) => Promise<void>;

/**
 * A queue whose rows answer a press at once. A refused press is put back, with the sentence that refused it.
 * Not React's own optimistic state: that ends with a transition, and what is pressed here may have to sign in
 * again, which must not hold up the page.
 */
export function useAhead(entries: readonly QueueEntry[]): { shown: QueueEntry[]; press: PressRow } {
  const [presses, setPresses] = useState<Presses>(new Map());
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => setPresses((now) => withoutAnswered(entries, now)), [entries]);
  useEffect(() => {
    const all = timers.current;
    return () => {
      for (const timer of all) clearTimeout(timer);
    };
  }, []);

  const press = useCallback<PressRow>(async (entry, ahead, run) => {
    const change = (by: (shown: Shown | undefined) => Shown | undefined) =>
      setPresses((now) => {
        const next = new Map(now);
        const shown = by(now.get(entry.id));
        if (shown) next.set(entry.id, shown);
        else next.delete(entry.id);
        return next;
      });
    change((shown) => ({ ahead, since: shown?.since ?? entry, underWay: (shown?.underWay ?? 0) + 1 }));
    await afterPaint();
    const refusal = await run();
    if (refusal) {
      change(() => undefined);
      toast.error(refusal);
      return;
    }
    change((shown) => shown && { ...shown, underWay: shown.underWay - 1 });
    const timer = setTimeout(() => {
      timers.current.delete(timer);
      change((shown) => (shown && shown.underWay > 0 ? shown : undefined));
    }, PATIENCE_MS);
    timers.current.add(timer);
  }, []);
  return { shown: aheadOf(entries, presses), press };
}
