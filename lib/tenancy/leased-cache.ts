import { AppError } from '../errors';

type Entry<T> = {
  value: T;
  refs: number;
  lastUsedAt: number;
  draining: boolean;
};

export type Lease<T> = { value: T; release: () => void };

type Options<T> = {
  max: number;
  idleMs: number;
  negativeMs: number;
  dispose: (value: T) => Promise<void> | void;
  /** false when the value can no longer be used and must be replaced. */
  isUsable?: (value: T) => boolean;
};

/**
 * A bounded cache of things that are expensive to open and must not be closed while in use.
 * One opening per key at a time, failures remembered briefly, least recently used idle entries closed first;
 * an entry in use is never closed. When all are in use the bound gives way rather than the request.
 */
export class LeasedCache<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #opening = new Map<string, Promise<Entry<T>>>();
  readonly #failures = new Map<string, { until: number; error: unknown }>();
  readonly #options: Options<T>;

  constructor(options: Options<T>) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Takes a lease; the caller releases it exactly when nothing uses the value any more. */
  async acquire(key: string, open: () => Promise<T>): Promise<Lease<T>> {
    const entry = this.#usable(key) ?? (await this.#open(key, open));
    entry.refs++;
    entry.lastUsedAt = Date.now();
    let released = false;
    return {
      value: entry.value,
      release: () => {
        if (released) return;
        released = true;
        entry.refs--;
        entry.lastUsedAt = Date.now();
        if (entry.draining && entry.refs === 0) void this.#options.dispose(entry.value);
      },
    };
  }

  /** Forgets the entry: new callers open afresh, those at work finish on the old one. */
  drop(key: string): void {
    this.#failures.delete(key);
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    entry.draining = true;
    if (entry.refs === 0) void this.#options.dispose(entry.value);
  }

  /** Closes what has been idle too long; called from a timer. */
  sweep(now = Date.now()): void {
    for (const [key, entry] of this.#entries) {
      if (entry.refs === 0 && now - entry.lastUsedAt > this.#options.idleMs) this.drop(key);
    }
    for (const [key, failure] of this.#failures) if (failure.until <= now) this.#failures.delete(key);
  }

  clear(): void {
    for (const key of [...this.#entries.keys()]) this.drop(key);
  }

  #usable(key: string): Entry<T> | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (this.#options.isUsable && !this.#options.isUsable(entry.value)) {
      this.drop(key);
      return undefined;
    }
    // Map order is the order of use.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  #open(key: string, open: () => Promise<T>): Promise<Entry<T>> {
    const failure = this.#failures.get(key);
    if (failure && failure.until > Date.now()) {
      return Promise.reject(
        new AppError('UNAVAILABLE', 'The database of your organization cannot be reached right now.', {
          cause: failure.error,
        }),
      );
    }
    const running = this.#opening.get(key);
    if (running) return running;
    const opening = open()
      .then((value) => {
        this.#makeRoom();
        const entry: Entry<T> = { value, refs: 0, lastUsedAt: Date.now(), draining: false };
        this.#entries.set(key, entry);
        return entry;
      })
      .catch((error: unknown) => {
        this.#failures.set(key, { until: Date.now() + this.#options.negativeMs, error });
        throw error;
      })
      .finally(() => this.#opening.delete(key));
    this.#opening.set(key, opening);
    return opening;
  }

  #makeRoom(): void {
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size < this.#options.max) return;
      if (entry.refs === 0) this.drop(key);
    }
  }
}
