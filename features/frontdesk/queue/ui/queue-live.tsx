'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { refreshSafely } from '@/components/forms/refresh-safely';
import { paths } from '@/lib/paths';

const POLL_MS = 10_000;
const RETRY_MS = [1_000, 2_000, 5_000, 10_000];
const HIDDEN_MS = 2_000;

/**
 * Reads the page's data again whenever the queue changes; by itself every ten seconds while there is no
 * connection. A tab that nobody sees holds no connection: over HTTP/1.1 a browser has six for all of them,
 * and with a queue in each the next page would never come.
 * @param read in place of the whole page, for a screen that needs less
 */
export function QueueLive({ version, read }: { version: number; read?: () => void }) {
  const router = useRouter();
  const [isConnected, setConnected] = useState(true);
  // The stream stays open while what is on the screen changes.
  const seen = useRef(version);
  useEffect(() => {
    const isBehind = version < seen.current;
    seen.current = version;
    if (!isBehind) return;
    if (read) read();
    else router.refresh();
  }, [version, read, router]);
  useEffect(() => {
    let attempt = 0;
    let source: EventSource | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let away: ReturnType<typeof setTimeout> | undefined;
    const close = () => {
      source?.close();
      source = undefined;
      clearTimeout(retry);
    };
    const open = () => {
      source = new EventSource(paths.queueStream);
      source.addEventListener('open', () => {
        attempt = 0;
        setConnected(true);
      });
      source.addEventListener('version', (event) => {
        const now = Number(event.data);
        if (now === seen.current) return;
        seen.current = now;
        if (read) read();
        else router.refresh();
      });
      source.addEventListener('ended', () => {
        source?.close();
        void refreshSafely(router);
      });
      source.addEventListener('error', () => {
        close();
        setConnected(false);
        retry = setTimeout(open, RETRY_MS[Math.min(attempt++, RETRY_MS.length - 1)]);
      });
    };
    const look = () => {
      clearTimeout(away);
      if (document.hidden) away = setTimeout(close, HIDDEN_MS);
      // What changed meanwhile: the stream begins with the version of now.
      else if (!source) {
        clearTimeout(retry);
        open();
      }
    };
    open();
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      clearTimeout(away);
      close();
    };
  }, [router, read]);
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
