import { describe, expect, it } from 'vitest';
import { isOwnOrigin } from './origin';

const OWN = 'https://app.test';
const asks = (headers: Record<string, string>, method = 'POST') =>
  isOwnOrigin({ method, headers: new Headers(headers) }, OWN);

describe('a request that changes something', () => {
  it.each([
    { origin: 'https://app.test' },
    { origin: 'http://localhost:3000', host: 'localhost:3000' },
    { 'sec-fetch-site': 'same-origin' },
    {},
  ])('passes with %j', (headers) => {
    expect(asks(headers)).toBe(true);
  });

  it.each([
    { origin: 'https://evil.test' },
    { origin: 'https://evil.test', host: 'app.test' },
    { origin: 'https://evil.test', host: 'app.test', 'x-forwarded-host': 'evil.test' },
    { origin: 'https://app.test.evil.test' },
    { origin: 'http://app.test' },
    { origin: 'https://app.test:8443' },
    { origin: 'null', host: 'app.test' },
    { origin: '' },
    { origin: 'not an origin' },
    { origin: 'file:///etc' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('is refused with %j', (headers) => {
    expect(asks(headers)).toBe(false);
    expect(asks(headers, 'DELETE')).toBe(false);
    expect(asks(headers, 'patch')).toBe(false);
  });

  it('is not a read: those may come from anywhere', () => {
    expect(asks({ origin: 'https://evil.test' }, 'GET')).toBe(true);
    expect(asks({ origin: 'https://evil.test' }, 'HEAD')).toBe(true);
  });
});
