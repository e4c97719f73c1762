'use client';
import { useEffect, useState } from 'react';

type FoundRecord = { id: string; label: string; hint: string; href: string };
type Records = {
  state: 'idle' | 'loading' | 'ready' | 'failed';
  groups: readonly { heading: string; items: readonly FoundRecord[] }[];
};

const DELAY_MS = 160;
const SHORTEST = 2;
const NOTHING: Records = { state: 'idle', groups: [] };

/** What an address finds for the words that are typed, a moment after the last letter. */
export function useRecords(address: string | null, words: string): Records {
  const [records, setRecords] = useState<Records>(NOTHING);
  useEffect(() => {
    if (!address || words.length < SHORTEST) {
      setRecords(NOTHING);
      return;
    }
    const controller = new AbortController();
    // The last hits stay while the next are on their way, so that the list does not flicker.
    setRecords((last) => ({ state: 'loading', groups: last.groups }));
    const timer = setTimeout(async () => {
      try {
        const response = await fetch(`${address}?q=${encodeURIComponent(words)}`, {
          signal: controller.signal,
        });
        if (!response.ok) throw new Error(`answered ${response.status}`);
        const { groups }: Pick<Records, 'groups'> = await response.json();
        if (!controller.signal.aborted) setRecords({ state: 'ready', groups });
      } catch {
        if (!controller.signal.aborted) setRecords({ state: 'failed', groups: [] });
      }
    }, DELAY_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [address, words]);
  return records;
}
