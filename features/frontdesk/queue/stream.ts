import 'server-only';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { watchQueue } from './watcher';

const HEARTBEAT_MS = 15_000;
const RECHECK_MS = 30_000;

/** Screens of one person: a few at a desk and some that a person forgot. */
const PERSON_MAX = 12;
/** Each asks the master database every half minute. */
const PROCESS_MAX = 2_000;

const STREAMS = Symbol.for('chakravue.streams');
/** How each open stream is closed, and whose it is. */
const global = globalThis as { [STREAMS]?: Map<() => void, string> };

/** @throws AppError TOO_MANY_REQUESTS */
function assertRoom(userId: string): void {
  const open = global[STREAMS];
  if (!open) return;
  const own = [...open.values()].filter((one) => one === userId).length;
  if (own < PERSON_MAX && open.size < PROCESS_MAX) return;
  throw new AppError('TOO_MANY_REQUESTS', 'Too many queue screens are open. Close some of them.', {
    retryAfterSeconds: 30,
  });
}

type Options = {
  organizationId: string;
  userId: string;
  /** Whether the session that opened the stream may still read. */
  isAllowed: () => Promise<boolean>;
  /** Of the request: the browser has gone. */
  signal: AbortSignal;
  watch?: typeof watchQueue;
};

/**
 * Server-sent events with the queue's version: one at once, one after each change. Ends with the session,
 * with the browser, and when the process is told to stop.
 * @throws AppError TOO_MANY_REQUESTS when the person, or the process, has as many open as may be.
 */
export function queueStream({
  organizationId,
  userId,
  isAllowed,
  signal,
  watch = watchQueue,
}: Options): Response {
  assertRoom(userId);
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
      global[STREAMS] = (global[STREAMS] ?? new Map()).set(close, userId);
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
