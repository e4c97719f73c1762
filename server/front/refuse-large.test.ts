import { expect, it } from 'vitest';
import { refuseLarge } from './refuse-large.mjs';

const asked = (url: string, size: number, cookie?: string) => ({
  url,
  headers: { 'content-length': String(size), ...(cookie ? { cookie } : {}) },
});
const answerTo = (given: ReturnType<typeof asked>) => {
  let status = 0;
  const response = {
    writeHead: (code: number) => {
      status = code;
    },
    end: () => undefined,
  };
  const isAnswered = refuseLarge({ ...given, resume: () => undefined } as never, response as never);
  return isAnswered ? status : null;
};

it.each([
  [asked('/login', 64 * 1024), null],
  [asked('/login', 64 * 1024 + 1), 401],
  [asked('/api/files', 20_000_000), 413],
  [asked('/api/files', 20_000_000, '__Host-next-auth.session-token=x'), null],
  [asked('/api/stripe/webhook', 200_000), null],
  [asked('/api/stripe/webhook?x=1', 200_000), null],
  [asked('/api/stripe/webhooks', 200_000), 401],
  [{ url: '/', headers: {} }, null],
] as const)('%o is answered with %o before it is read', (given, status) => {
  expect(answerTo(given as ReturnType<typeof asked>)).toBe(status);
});
