/** Pure: what each error of the Admin API means to the provisioner. */
export class AtlasError extends Error {
  override name = 'AtlasError';
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly retryAfterMs: number | null = null,
  ) {
    super(`Atlas answered ${status} ${code}: ${detail}`);
  }
}

export type AtlasVerdict =
  | { kind: 'adopt' }
  | { kind: 'gone' }
  | { kind: 'next-region' }
  | { kind: 'next-project' }
  | { kind: 'operator' }
  | { kind: 'bug' }
  | { kind: 'try-again' }
  | { kind: 'later'; afterMs: number };

const table = (kind: Exclude<AtlasVerdict['kind'], 'later'>, codes: string): [string, AtlasVerdict][] =>
  codes.split(' ').map((code) => [code, { kind }]);
const later = (afterMs: number, codes: string): [string, AtlasVerdict][] =>
  codes.split(' ').map((code) => [code, { kind: 'later', afterMs }]);

const MINUTE = 60_000;

const VERDICTS: ReadonlyMap<string, AtlasVerdict> = new Map([
  ...table(
    'adopt',
    'DUPLICATE_CLUSTER_NAME DUPLICATE_CLUSTER_NAME_PREFIX GROUP_ALREADY_EXISTS USER_ALREADY_EXISTS',
  ),
  ...table(
    'gone',
    'CLUSTER_NOT_FOUND GROUP_NOT_FOUND USERNAME_NOT_FOUND ATLAS_NETWORK_PERMISSION_ENTRY_NOT_FOUND CLUSTER_ALREADY_REQUESTED_DELETION',
  ),
  ...table('next-region', 'OUT_OF_CAPACITY NO_CAPACITY REGION_UNAVAILABLE'),
  ...table(
    'next-project',
    'GROUP_USERS_LIMIT_EXCEEDED ATLAS_NETWORK_PERMISSIONS_LIMIT_EXCEEDED HOURLY_BILLING_LIMIT_EXCEEDED CUSTOM_ROLES_LIMIT_EXCEEDED CLUSTERS_PER_GROUP_LIMIT_EXCEEDED',
  ),
  ...table(
    'operator',
    'NO_PAYMENT_INFORMATION_FOUND ACCOUNT_SUSPENDED MAX_GROUPS_PER_ORG_EXCEEDED USER_UNAUTHORIZED NOT_IN_GROUP USER_CANNOT_ACCESS_GROUP NOT_ORG_GROUP_CREATOR IP_ADDRESS_NOT_ON_WHITELIST ORG_REQUIRES_WHITELIST INVALID_CLIENT VERSION_GONE INVALID_VERSION_DATE',
  ),
  ...table(
    'bug',
    'CLUSTER_NAME_INVALID CLUSTER_NAME_PREFIX_INVALID CLUSTER_NAME_TOO_LONG ATLAS_RESERVED_CLUSTER_NAME WEAK_PASSWORD COMMON_PASSWORD DATABASE_USERNAME_CANNOT_BE_CHANGED VALIDATION_ERROR',
  ),
  ...table('try-again', 'UNEXPECTED_ERROR UNREACHABLE'),
  ...later(3 * MINUTE, 'CONTAINER_WAITING_FOR_FAST_RECORD_CLEAN_UP'),
  ...later(10 * MINUTE, 'CANNOT_PAUSE_RECENTLY_RESUMED_CLUSTER'),
  ...later(
    MINUTE,
    'CANNOT_UPDATE_PAUSED_CLUSTER CLUSTER_ALREADY_PAUSED CANNOT_PAUSE_CLUSTER_WITH_PENDING_CHANGES UNFINISHED_ON_DEMAND_SNAPSHOT CLUSTER_RESTORE_IN_PROGRESS_CANNOT_UPDATE ATLAS_CLUSTER_RESTORE_IN_PROGRESS',
  ),
  // The wrong family of clusters is also what an upgrade under way looks like.
  ...later(
    MINUTE / 2,
    'TENANT_CLUSTER_UPDATE_UNSUPPORTED CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API',
  ),
]);

export const KNOWN_CODES: readonly string[] = [
  ...VERDICTS.keys(),
  'RATE_LIMITED',
  'RATE_LIMITED_TOKEN_BUCKET',
];

/** What to do about it. A code that nobody has described is judged by its status. */
export function judge(error: AtlasError): AtlasVerdict {
  const known = VERDICTS.get(error.code);
  if (known) return known;
  if (error.status === 429) return { kind: 'later', afterMs: error.retryAfterMs ?? 30_000 };
  if (error.status === 503) return { kind: 'later', afterMs: error.retryAfterMs ?? 15_000 };
  if (error.status === 401 || error.status === 402 || error.status === 403) return { kind: 'operator' };
  if (error.status === 404) return { kind: 'gone' };
  return error.status >= 500 || error.status === 0 ? { kind: 'try-again' } : { kind: 'bug' };
}
