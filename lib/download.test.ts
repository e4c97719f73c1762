import { expect, it } from 'vitest';
import { isLaterRange, rangeOf, streamResponse } from './download';
import { bufferSource } from './source';

const content = Buffer.from(Array.from({ length: 3_000_000 }, (_, at) => at % 251));
const FILM = { name: 'film.mp4', contentType: 'video/mp4' };
const ask = (range?: string) => new Request('http://x/', range ? { headers: { range } } : {});

it.each([
  ['bytes=0-99', { first: 0, last: 99 }],
  ['bytes=100-', { first: 100, last: 999 }],
  ['bytes=-10', { first: 990, last: 999 }],
  ['bytes=-5000', { first: 0, last: 999 }],
  ['bytes=0-5000', { first: 0, last: 999 }],
  ['bytes=1000-', 'beyond'],
  ['bytes=9-3', 'beyond'],
  ['bytes=0-1,5-6', null],
  ['lines=0-1', null],
  ['', null],
])('%s is %j of a thousand', (header, range) => {
  expect(rangeOf(header, 1000)).toEqual(range);
});

it('sends all of a file in pieces, or the range that was asked for', async () => {
  const whole = streamResponse(FILM, bufferSource(content), ask());
  expect([whole.status, whole.headers.get('content-length')]).toEqual([200, '3000000']);
  expect(Buffer.from(await whole.arrayBuffer()).equals(content)).toBe(true);
  const part = streamResponse(FILM, bufferSource(content), ask('bytes=1048570-2097160'), 'inline');
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 1048570-2097160/3000000']);
  expect(Buffer.from(await part.arrayBuffer()).equals(content.subarray(1_048_570, 2_097_161))).toBe(true);
  const beyond = streamResponse(FILM, bufferSource(content), ask('bytes=3000000-'));
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */3000000']);
  expect([ask(), ask('bytes=0-'), ask('bytes=5-')].map(isLaterRange)).toEqual([false, false, true]);
});

it('reads no more than is taken', async () => {
  let read = 0;
  const source = {
    sizeBytes: 1024 ** 3,
    read: async (_at: number, length: number) => {
      read += length;
      return Buffer.alloc(length);
    },
  };
  const reader = streamResponse(FILM, source, ask()).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(read).toBeLessThan(4 * 1024 * 1024);
});
