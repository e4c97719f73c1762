import 'server-only';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { readQueueVersion } from './queries';
import { returnFromDilationInTime } from './service/return-from-dilation';
import { onQueueChange } from './wake';

const POLL_MS = 1_000;
const RETRY_MS = 5_000;
const LISTENERS_MAX = 300;

type Listener = (version: number) => void;
type ReadVersion = (organizationId: string) => Promise<number>;

const readVersion: ReadVersion = (organizationId) =>
  withTenantDatabase(organizationId, async (db) => {
    await returnFromDilationInTime({ db });
    return readQueueVersion({ db });
  });

/**
 * Looks at one organization's queue version for everybody who watches it in this process: at once after a
 * change that this process made, and once a second for those of others, however many screens are open; not
 * at all when there is no screen. The look also brings back who is ready after dilation.
 */
class Watcher {
  readonly #listeners = new Set<Listener>();
  readonly #organizationId: string;
  readonly #read: ReadVersion;
  #version: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isPolling = false;
  #isWoken = false;
  #forget = () => {};

  constructor(organizationId: string, read: ReadVersion) {
    this.#organizationId = organizationId;
    this.#read = read;
  }

  get size(): number {
    return this.#listeners.size;
  }

  add(listener: Listener): void {
    if (this.size === 0) this.#forget = onQueueChange(this.#organizationId, () => this.#wake());
    this.#listeners.add(listener);
    if (this.#version !== undefined) listener(this.#version);
    if (!this.#isPolling) void this.#poll();
  }

  remove(listener: Listener): void {
    if (!this.#listeners.delete(listener) || this.size > 0) return;
    this.#forget();
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isPolling = false;
  }

  /** A look that is under way may have read before the change. */
  #wake(): void {
    if (!this.#timer) {
      this.#isWoken = true;
      return;
    }
    clearTimeout(this.#timer);
    void this.#poll();
  }

  async #poll(): Promise<void> {
    this.#isPolling = true;
    this.#isWoken = false;
    this.#timer = undefined;
    let delay = POLL_MS;
    try {
      const version = await this.#read(this.#organizationId);
      if (version !== this.#version) {
        this.#version = version;
        for (const listener of this.#listeners) listener(version);
      }
    } catch (error) {
      // The screens keep what they show and ask by themselves; a database that is away is not asked every
      // second.
      delay = RETRY_MS;
      logger.warn(
        { err: error, organizationId: this.#organizationId },
        'the queue version could not be read',
      );
    }
    if (this.size === 0) {
      this.#isPolling = false;
      return;
    }
    this.#timer = setTimeout(() => void this.#poll(), this.#isWoken ? 0 : delay);
    this.#timer.unref();
  }
}

const WATCHERS = Symbol.for('chakravue.queue.watchers');
const global = globalThis as { [WATCHERS]?: Map<string, Watcher> };

/**
 * Calls `listener` with the version now and after each change. @returns the way to stop.
 * @throws AppError TOO_MANY_REQUESTS when an organization has 300 screens open on this process.
 */
export function watchQueue(organizationId: string, listener: Listener, read = readVersion): () => void {
  const watchers = global[WATCHERS] ?? new Map<string, Watcher>();
  global[WATCHERS] = watchers;
  const watcher = watchers.get(organizationId) ?? new Watcher(organizationId, read);
  if (watcher.size >= LISTENERS_MAX) {
    throw new AppError('TOO_MANY_REQUESTS', 'Too many queue screens are open. Close some of them.');
  }
  watchers.set(organizationId, watcher);
  watcher.add(listener);
  return () => {
    watcher.remove(listener);
    if (watcher.size === 0 && watchers.get(organizationId) === watcher) watchers.delete(organizationId);
  };
}
