import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { passDoor } from './door.mjs';

const OPENED = Symbol.for('chakravue.opened-sessions');
const global = globalThis as { [key: symbol]: unknown };
const before = global[OPENED];
beforeEach(() => {
  const inAnHour = Date.now() / 1_000 + 3_600;
  const known = new Map([
    ['abc', { exp: inAnHour }],
    ['over', { exp: inAnHour - 7_200 }],
  ]);
  global[OPENED] = known;
});
afterEach(() => {
  global[OPENED] = before;
  vi.unstubAllEnvs();
});

const COOKIE = 'theme=dark; next-auth.session-token=abc';
const pass = (url: string, { method = 'GET', ...headers }: Record<string, string> = { cookie: COOKIE }) => {
  const answer = new Map<string, string>();
  const asked = { method, url, headers: headers as Record<string, string | undefined> };
  const setHeader = (name: string, value: string) => answer.set(name, value);
  return { hasPassed: passDoor(asked, { setHeader } as never), asked: asked.headers, answer };
};

it('does for a page what the middleware does', () => {
  const { hasPassed, asked, answer } = pass('/patients?q=asha&_rsc=1x2y&sort=name');
  expect(hasPassed).toBe(true);
  expect(asked['x-path']).toBe('/patients?q=asha&sort=name');
  expect(asked['x-request-id']).toBe(answer.get('x-request-id'));
  expect(asked['content-security-policy']).toBe(answer.get('content-security-policy'));
  expect(answer.get('content-security-policy')).toContain(`'nonce-${asked['x-nonce']}'`);
  expect(pass('/today').asked['x-nonce']).not.toBe(pass('/today').asked['x-nonce']);
});

it('takes from a visitor what only the door may say', () => {
  const { hasPassed, asked } = pass('/today', { 'x-door': '1' });
  expect(hasPassed).toBe(false);
  expect(asked).not.toHaveProperty('x-door');
});

it.each([
  ['/today', {}],
  ['/today', { cookie: 'next-auth.session-token=unknown' }],
  ['/today', { cookie: 'next-auth.session-token=over' }],
  ['/today', { cookie: COOKIE, method: 'POST' }],
  ['/today', { cookie: COOKIE, 'content-length': '3' }],
  ['/today', { cookie: COOKIE, 'transfer-encoding': 'chunked' }],
  ['/api/files/1', { cookie: COOKIE }],
  ['/api', { cookie: COOKIE }],
  ['/_next/image', { cookie: COOKIE }],
  ['//evil.test', { cookie: COOKIE }],
  ['/%74oday', { cookie: COOKIE }],
  ['/today/', { cookie: COOKIE }],
  ['/today/../api/files', { cookie: COOKIE }],
  ['http://evil.test/today', { cookie: COOKIE }],
])('leaves %s with %o to the middleware', (url, headers) => {
  expect(pass(url, headers).hasPassed).toBe(false);
});

it('leaves all to the middleware where there are no pages', () => {
  vi.stubEnv('WORKER', 'only');
  expect(pass('/today').hasPassed).toBe(false);
});
