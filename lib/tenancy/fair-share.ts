import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClientSession, Connection, Model } from 'mongoose';
import { AppError } from '../errors';

type Run = <T>(work: () => Promise<T>) => Promise<T>;
type Waiting = { start: () => void; timer: NodeJS.Timeout };

const holding = new AsyncLocalStorage<FairShare>();

/**
 * At most `limit` operations of one organization at a time in front of a pool that it shares with others, so
 * that a noisy one waits for itself. Who waits longer than `waitMs` is turned away with 503.
 */
export class FairShare {
  readonly #limit: number;
  readonly #waitMs: number;
  readonly #queue: Waiting[] = [];
  #running = 0;
  refused = 0;

  constructor(limit: number, waitMs: number) {
    this.#limit = limit;
    this.#waitMs = waitMs;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  readonly run: Run = async (work) => {
    // An operation that needs another one (populate) must not wait for the place that it holds itself.
    if (holding.getStore() === this) return work();
    if (this.#running >= this.#limit) await this.#wait();
    else this.#running++;
    try {
      return await holding.run(this, work);
    } finally {
      const next = this.#queue.shift();
      if (next) next.start();
      else this.#running--;
    }
  };

  /** Resolves when a place has been handed over. */
  #wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        start: () => {
          clearTimeout(waiting.timer);
          resolve();
        },
        timer: setTimeout(() => {
          this.#queue.splice(this.#queue.indexOf(waiting), 1);
          this.refused++;
          reject(
            new AppError(
              'UNAVAILABLE',
              'Your organization is asking a great deal at once. Please try again in a moment.',
            ),
          );
        }, this.#waitMs),
      };
      this.#queue.push(waiting);
    });
  }
}

const shares = new WeakMap<Connection, FairShare>();
const limited = new WeakSet<object>();

/** Puts a fair share in front of everything that is done through the models of a connection. */
export function shareFairly(connection: Connection, share: FairShare): void {
  shares.set(connection, share);
}

type Executable = {
  exec: (...args: unknown[]) => Promise<unknown>;
  options?: { session?: ClientSession | null };
};

/** The model, with the connection's fair share before each operation that asks the server. */
export function underFairShare<T>(connection: Connection, model: Model<T>): Model<T> {
  const share = shares.get(connection);
  if (!share || limited.has(model)) return model;
  limited.add(model);
  // Inside a transaction nothing waits: what it has locked would make the others wait for a place behind it.
  const run: Run = (work) => share.run(work);
  const guard = (target: Executable) => {
    const exec = target.exec;
    target.exec = function (this: Executable, ...args) {
      const isInTransaction = this.options?.session?.inTransaction() ?? false;
      return isInTransaction ? exec.apply(this, args) : run(() => exec.apply(this, args));
    };
  };
  guard((model as unknown as { Query: { prototype: Executable } }).Query.prototype);
  const aggregate = model.aggregate;
  Reflect.set(model, 'aggregate', (...args: Parameters<typeof aggregate>) => {
    const made = aggregate.apply(model, args);
    guard(made as unknown as Executable);
    return made;
  });
  for (const [owner, name] of [
    [model.prototype, 'save'],
    [model, 'insertMany'],
    [model, 'bulkWrite'],
  ] as const) {
    const original: (...args: unknown[]) => Promise<unknown> = Reflect.get(owner, name);
    Reflect.set(owner, name, function (this: unknown, ...args: unknown[]) {
      const options = args.at(-1) as { session?: ClientSession } | undefined;
      const isInTransaction = options?.session?.inTransaction?.() ?? false;
      return isInTransaction ? original.apply(this, args) : run(() => original.apply(this, args));
    });
  }
  return model;
}
