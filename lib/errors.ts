/** Expected failures, each with one HTTP status. The sentence is shown to people as it is. */
const STATUS = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  PAYMENT_REQUIRED: 402,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  LIMIT_REACHED: 409,
  TOO_MANY_REQUESTS: 429,
  UNAVAILABLE: 503,
  /** The organization's database is older than this code can serve. */
  MAINTENANCE: 503,
} as const;

export type AppErrorCode = keyof typeof STATUS;

/**
 * A failure the user can understand. Thrown by queries and services; mapped once, by the action factories,
 * the gates and the route handlers. `field` marks the form field it belongs to.
 */
export class AppError extends Error {
  override name = 'AppError';
  readonly code: AppErrorCode;
  readonly field: string | undefined;
  /** With TOO_MANY_REQUESTS and MAINTENANCE: when it may be asked again. */
  readonly retryAfterSeconds: number | undefined;
  /** With TOO_MANY_REQUESTS: not the first refusal of this limit's window, so the audit log has its entry. */
  readonly isRepeated: boolean;

  constructor(
    code: AppErrorCode,
    sentence: string,
    options: { field?: string; cause?: unknown; retryAfterSeconds?: number; isRepeated?: boolean } = {},
  ) {
    super(sentence, { cause: options.cause });
    this.code = code;
    this.field = options.field;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.isRepeated = options.isRepeated ?? false;
  }

  get status(): number {
    return STATUS[this.code];
  }
}

/** A missing id and another organization's id get this same answer. */
export function notFoundError(what: string): AppError {
  return new AppError('NOT_FOUND', `We could not find that ${what}.`);
}

// Bundles hold copies of this class, so `instanceof` alone is not enough.
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error;
}

const UNAVAILABLE_NAMES = new Set([
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoWaitQueueTimeoutError',
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoClientClosedError',
  'MongoOperationTimeoutError',
]);

/**
 * What a server answers that cannot serve: the credential was revoked or the database is being switched (13,
 * 18), it is going down or is not the primary (91, 189, 10107, 11600), its disk is full (14031).
 */
const CANNOT_SERVE: readonly unknown[] = [13, 18, 91, 189, 10107, 11600, 14031];
/** What a storage engine says that has stopped, most often for want of room. */
const STORAGE_STOPPED = /WT_PANIC|No space left/;

const isServerDown = (error: Error): boolean =>
  error.name === 'MongoServerError' &&
  (('code' in error && CANNOT_SERVE.includes(error.code)) || STORAGE_STOPPED.test(error.message));

/** The driver hands on this one as it is: the other side went away while we wrote. */
const isBrokenPipe = (error: Error): boolean => 'code' in error && error.code === 'EPIPE';

/** True when the database cannot be reached, as opposed to refusing what we asked. */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (
    let cause: unknown = error, depth = 0;
    cause instanceof Error && depth < 5;
    cause = cause.cause, depth++
  ) {
    if (UNAVAILABLE_NAMES.has(cause.name)) return true;
    if (isServerDown(cause) || isBrokenPipe(cause)) return true;
    if (isAppError(cause) && cause.code === 'UNAVAILABLE') return true;
  }
  return false;
}

/** The unique index that a write ran into, or undefined when the error is something else. */
export function duplicateKey(error: unknown): Record<string, unknown> | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 11000) return undefined;
  return 'keyPattern' in error && typeof error.keyPattern === 'object' && error.keyPattern !== null
    ? { ...error.keyPattern }
    : {};
}
