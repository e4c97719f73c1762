import { describe, expect, it } from 'vitest';
import { AtlasError, judge, KNOWN_CODES } from './errors';

const verdict = (status: number, code: string, retryAfterMs: number | null = null) =>
  judge(new AtlasError(status, code, 'detail', retryAfterMs));

describe('errors of the Admin API', () => {
  it.each([
    [400, 'DUPLICATE_CLUSTER_NAME', 'adopt'],
    [409, 'GROUP_ALREADY_EXISTS', 'adopt'],
    [409, 'USER_ALREADY_EXISTS', 'adopt'],
    [404, 'CLUSTER_NOT_FOUND', 'gone'],
    [400, 'CLUSTER_ALREADY_REQUESTED_DELETION', 'gone'],
    [409, 'OUT_OF_CAPACITY', 'next-region'],
    [403, 'GROUP_USERS_LIMIT_EXCEEDED', 'next-project'],
    [402, 'NO_PAYMENT_INFORMATION_FOUND', 'operator'],
    [400, 'MAX_GROUPS_PER_ORG_EXCEEDED', 'operator'],
    [403, 'IP_ADDRESS_NOT_ON_WHITELIST', 'operator'],
    [400, 'CLUSTER_NAME_INVALID', 'bug'],
    [500, 'UNEXPECTED_ERROR', 'try-again'],
    [400, 'TENANT_CLUSTER_UPDATE_UNSUPPORTED', 'later'],
    [503, 'NEVER_SEEN', 'later'],
    [418, 'NEVER_SEEN', 'bug'],
  ])('%i %s means %s', (status, code, kind) => {
    expect(verdict(status, code).kind).toBe(kind);
  });

  it('wait as long as the vendor asks', () => {
    expect(verdict(429, 'RATE_LIMITED', 7_000)).toEqual({ kind: 'later', afterMs: 7_000 });
    expect(verdict(429, 'RATE_LIMITED_TOKEN_BUCKET')).toEqual({ kind: 'later', afterMs: 30_000 });
  });

  it('are all judged on purpose', () => {
    expect(new Set(KNOWN_CODES).size).toBe(KNOWN_CODES.length);
    expect(KNOWN_CODES.length).toBeGreaterThan(45);
  });
});
