import 'server-only';
import { logger } from '@/lib/logger';
import { watchQueue } from './watcher';

const HEARTBEAT_MS = 15_000;
const RECHECK_MS = 30_000;

const STREAMS = Symbol.for('chakravue.streams');
const global = globalThis as { [STREAMS]?: Set<() => void> };

type Options = {
  organizationId: string;
  /** Whether the session that opened the stream may still read. */
  isAllowed: () => Promise<boolean>;
  /** Of the request: the browser has gone. */
  signal: AbortSignal;
  watch?: typeof watchQueue;
};

/**
 * Server-sent events with the queue's version: one at once, one after each change. Ends with the session, with the
 * browser, and when the process is told to stop.
 */
export function queueStream({ organizationId, isAllowed, signal, watch = watchQueue }: Options): Response {
  const encoder = new TextEncoder();
  let close = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let isClosed = false;
      const send = (text: string) => {
        if (!isClosed) controller.enqueue(encoder.encode(text));
      };
      const timers = [
        // Proxies drop what is silent; the comment also finds browsers that went without a word.
        setInterval(() => send(': still here\n\n'), HEARTBEAT_MS),
        setInterval(() => void recheck(), RECHECK_MS),
      ];
      let stop = () => {};
      close = () => {
        if (isClosed) return;
        isClosed = true;
        for (const timer of timers) clearInterval(timer);
        stop();
        global[STREAMS]?.delete(close);
        signal.removeEventListener('abort', close);
        try {
          controller.close();
        } catch {
          // Cancelled by the browser already.
        }
      };
      const recheck = async () => {
        try {
          if (await isAllowed()) return;
          send('event: ended\ndata: session\n\n');
          close();
        } catch (error) {
          // A master database that is away for a moment ends no screens; the next look decides.
          logger.warn({ err: error, organizationId }, 'a queue stream could not check its session');
        }
      };
      if (signal.aborted) {
        close();
        return;
      }
      signal.addEventListener('abort', close);
      global[STREAMS] = (global[STREAMS] ?? new Set()).add(close);
      try {
        stop = watch(organizationId, (version) => send(`event: version\ndata: ${version}\n\n`));
      } catch (error) {
        close();
        throw error;
      }
    },
    cancel: () => close(),
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      // no-transform: compression would hold events back.
      'Cache-Control': 'no-cache, no-store, no-transform',
      'X-Accel-Buffering': 'no',
    },
  });
}
