import { expect, it } from 'vitest';
import { bufferSource } from '@/lib/source';
import { filmSeconds, filmText } from './film';

const box = (name: string, ...inside: Buffer[]): Buffer => {
  const content = Buffer.concat(inside);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8, 0);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, content]);
};
const head = (scale: number, duration: number): Buffer => {
  const bytes = Buffer.alloc(100);
  bytes.writeUInt32BE(scale, 12);
  bytes.writeUInt32BE(duration, 16);
  return bytes;
};
const longHead = (scale: number, duration: bigint): Buffer => {
  const bytes = Buffer.alloc(112);
  bytes[0] = 1;
  bytes.writeUInt32BE(scale, 20);
  bytes.writeBigUInt64BE(duration, 24);
  return bytes;
};
const film = (mvhd: Buffer) =>
  Buffer.concat([
    box('ftyp', Buffer.from('isom')),
    box('mdat', Buffer.alloc(5_000)),
    box('moov', box('udta', Buffer.alloc(9)), box('mvhd', mvhd)),
  ]);
const secondsOf = (bytes: Buffer) => filmSeconds(bufferSource(bytes));

it('says how long a film is, wherever its head stands', async () => {
  expect(await secondsOf(film(head(600, 39_000)))).toBe(65);
  expect(await secondsOf(film(longHead(1_000, 42_400n)))).toBe(42);
  expect(await secondsOf(film(head(1_000, 200)))).toBe(1);
  expect(filmText(65)).toBe('1:05');
  expect(filmText(42)).toBe('0:42');
});

it.each([
  ['one that was written piece by piece', film(head(600, 0))],
  ['one without a scale', film(head(0, 100))],
  ['one that would last for days', film(head(1, 2 ** 31))],
  ['a cut one', film(head(600, 39_000)).subarray(0, 5_040)],
  ['a box that is longer than its file', Buffer.concat([Buffer.from([0, 1, 0, 0]), Buffer.from('moov')])],
  ['a box of no length', Buffer.concat([Buffer.from([0, 0, 0, 4]), Buffer.from('moov'), Buffer.alloc(64)])],
  ['nothing', Buffer.alloc(0)],
])('says nothing of %s', async (_what, bytes) => {
  expect(await secondsOf(bytes)).toBeNull();
});
