'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { refreshSafely } from '@/components/forms/refresh-safely';
import { paths } from '@/lib/paths';

const POLL_MS = 10_000;
const RETRY_MS = [1_000, 2_000, 5_000, 10_000];

/**
 * Reads the page's data again whenever the queue changes; by itself every ten seconds while there is no
 * connection.
 */
export function QueueLive({ version }: { version: number }) {
  const router = useRouter();
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    let seen = version;
    let attempt = 0;
    let source: EventSource | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      source = new EventSource(paths.queueStream);
      source.addEventListener('open', () => {
        attempt = 0;
        setConnected(true);
      });
      source.addEventListener('version', (event) => {
        const now = Number(event.data);
        if (now === seen) return;
        seen = now;
        router.refresh();
      });
      source.addEventListener('ended', () => {
        source?.close();
        void refreshSafely(router);
      });
      source.addEventListener('error', () => {
        source?.close();
        setConnected(false);
        retry = setTimeout(open, RETRY_MS[Math.min(attempt++, RETRY_MS.length - 1)]);
      });
    };
    open();
    return () => {
      source?.close();
      clearTimeout(retry);
    };
  }, [router, version]);
  useEffect(() => {
    if (isConnected) return;
    const timer = setInterval(() => void refreshSafely(router), POLL_MS);
    return () => clearInterval(timer);
  }, [isConnected, router]);
  return (
    <p role="status" className="inline-flex items-center gap-2 text-[0.8125rem] text-text-muted">
      <span
        aria-hidden="true"
        className={isConnected ? 'size-2 rounded-full bg-success' : 'size-2 rounded-full bg-warning'}
      />
      {isConnected ? 'Live' : 'Connecting again; the list is read every ten seconds'}
    </p>
  );
}

/** The current time, ticking, from the server's first reading on. */
export function useNow(initial: string): number {
  const [now, setNow] = useState(() => new Date(initial).getTime());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
