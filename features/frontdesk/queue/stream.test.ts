import { afterEach, expect, it } from 'vitest';
import { queueStream } from './stream';

const open: AbortController[] = [];
afterEach(() => {
  for (const stop of open.splice(0)) stop.abort();
});

let looked = 0;
function watchBy(userId: string, organizationId = 'one'): Response {
  const stop = new AbortController();
  const response = queueStream({
    organizationId,
    userId,
    isAllowed: async () => true,
    signal: stop.signal,
    watch: () => {
      looked++;
      return () => undefined;
    },
  });
  open.push(stop);
  return response;
}

it('one person has twelve screens open at most, and a closed one makes room', () => {
  for (let index = 0; index < 12; index++) expect(watchBy('asha', `org-${index % 3}`).status).toBe(200);
  looked = 0;
  expect(() => watchBy('asha')).toThrow(/Too many queue screens/);
  expect(looked).toBe(0);
  expect(watchBy('ravi').status).toBe(200);
  open.shift()?.abort();
  expect(watchBy('asha').status).toBe(200);
  expect(() => watchBy('asha')).toThrow(/Too many queue screens/);
});

it('a process holds two thousand streams at most, whoever opens them', () => {
  for (let index = 0; index < 2_000; index++) watchBy(`person-${index}`);
  expect(() => watchBy('one more')).toThrow(/Too many queue screens/);
});
