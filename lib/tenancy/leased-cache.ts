import { AppError } from '../errors';

type Entry<T> = {
  value: T;
  refs: number;
  lastUsedAt: number;
  /** Since when it only waits for those at work; undefined while it may be taken. */
  drainingSince?: number;
};

/** What has happened since the process started. */
export type CacheCounts = {
  opened: number;
  failed: number;
  /** Idle and closed to make room. */
  evicted: number;
  /** Closed after having been idle too long. */
  expired: number;
  /** Opened beyond the bound because everything was in use (`soft`). */
  overflowed: number;
  /** Turned away because everything was in use (`shed`). */
  refused: number;
  /** Closed although still in use, after the drain time. */
  cut: number;
};

export type Lease<T> = { value: T; release: () => void };

type Options<T> = {
  max: number;
  idleMs: number;
  negativeMs: number;
  /** How long those at work on a dropped entry may go on. */
  drainMs: number;
  /** All in use at the bound: `soft` opens one more, `shed` turns the caller away with 503. */
  overflow: 'soft' | 'shed';
  dispose: (value: T) => Promise<void> | void;
  /** false when the value can no longer be used and must be replaced. */
  isUsable?: (value: T) => boolean;
};

/**
 * A bounded cache of things that are expensive to open and must not be closed while in use.
 * One opening per key at a time, failures remembered briefly, least recently used idle entries closed first;
 * an entry in use is closed only when it was dropped and its users took longer than `drainMs`.
 */
export class LeasedCache<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #opening = new Map<string, Promise<Entry<T>>>();
  readonly #failures = new Map<string, { until: number; error: unknown }>();
  readonly #draining = new Set<Entry<T>>();
  readonly #options: Options<T>;
  readonly counts: CacheCounts = {
    opened: 0,
    failed: 0,
    evicted: 0,
    expired: 0,
    overflowed: 0,
    refused: 0,
    cut: 0,
  };

  constructor(options: Options<T>) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  get max(): number {
    return this.#options.max;
  }

  *values(): Generator<T> {
    for (const { value } of this.#entries.values()) yield value;
  }

  /** Leases out now, on entries that may be taken and on those that drain. */
  get leases(): number {
    let leases = 0;
    for (const entry of [...this.#entries.values(), ...this.#draining]) leases += entry.refs;
    return leases;
  }

  /** The value under a key, without taking or touching it. */
  peek(key: string): T | undefined {
    return this.#entries.get(key)?.value;
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
        if (entry.drainingSince !== undefined && entry.refs === 0) this.#dispose(entry);
      },
    };
  }

  /** Forgets the entry: new callers open afresh, those at work finish on the old one. */
  drop(key: string): void {
    this.#failures.delete(key);
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    entry.drainingSince = Date.now();
    this.#draining.add(entry);
    if (entry.refs === 0) this.#dispose(entry);
  }

  #dispose(entry: Entry<T>): void {
    // Once: a cut entry is given back later all the same.
    if (this.#draining.delete(entry)) void this.#options.dispose(entry.value);
  }

  /** Closes what has been idle too long; called from a timer. */
  sweep(now = Date.now()): void {
    for (const [key, entry] of this.#entries) {
      if (entry.refs > 0 || now - entry.lastUsedAt <= this.#options.idleMs) continue;
      this.counts.expired++;
      this.drop(key);
    }
    for (const entry of this.#draining) {
      if (now - (entry.drainingSince ?? now) <= this.#options.drainMs) continue;
      this.counts.cut++;
      this.#dispose(entry);
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
    try {
      this.#admit();
    } catch (error) {
      return Promise.reject(error);
    }
    const opening = open()
      .then((value) => {
        this.counts.opened++;
        const entry: Entry<T> = { value, refs: 0, lastUsedAt: Date.now() };
        this.#entries.set(key, entry);
        return entry;
      })
      .catch((error: unknown) => {
        this.counts.failed++;
        this.#failures.set(key, { until: Date.now() + this.#options.negativeMs, error });
        throw error;
      })
      .finally(() => this.#opening.delete(key));
    this.#opening.set(key, opening);
    return opening;
  }

  /** Whether the next opening closes something or passes the bound. */
  get isFull(): boolean {
    return this.#entries.size + this.#opening.size >= this.#options.max;
  }

  get hasIdle(): boolean {
    for (const { refs } of this.#entries.values()) if (refs === 0) return true;
    return false;
  }

  /** Closes the one of these that nobody has used for longest. @returns false when all are in use. */
  evictIdle(which: (value: T) => boolean = () => true): boolean {
    for (const [key, { refs, value }] of this.#entries) {
      if (refs > 0 || !which(value)) continue;
      this.counts.evicted++;
      this.drop(key);
      return true;
    }
    return false;
  }

  /** Makes room before an opening; what is being opened counts, so that a burst does not pass the bound. */
  #admit(): void {
    while (this.isFull && this.evictIdle());
    if (!this.isFull) return;
    if (this.#options.overflow === 'shed') {
      this.counts.refused++;
      throw new AppError('UNAVAILABLE', 'We are very busy right now. Please try again in a few seconds.');
    }
    this.counts.overflowed++;
  }
}
