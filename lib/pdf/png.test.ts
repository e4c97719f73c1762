import { crc32, deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { PaperDocument } from '../paper';
import { DEFAULT_MARGINS } from '../paper';
import { renderPaper } from './paper';
import { isDrawable, MOST_PIXELS } from './png';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};
const chunk = (kind: string, data: Buffer, length = data.length): Buffer => {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  return Buffer.concat([uint32(length), body, uint32(crc32(body))]);
};
type Facts = { width: number; height: number; bits?: number; type?: number; interlace?: number };
const header = ({ width, height, bits = 8, type = 6, interlace = 0 }: Facts): Buffer =>
  chunk('IHDR', Buffer.concat([uint32(width), uint32(height), Buffer.from([bits, type, 0, 0, interlace])]));
const END = chunk('IEND', Buffer.alloc(0));
const png = (...chunks: Buffer[]): Buffer => Buffer.concat([SIGNATURE, ...chunks]);
const pixels = (bytes: Buffer): Buffer => chunk('IDAT', deflateSync(bytes));
/** So many rows of so many bytes, each behind its filter. */
const rows = (count: number, bytes: number, filter = 0): Buffer =>
  Buffer.concat(
    Array.from({ length: count }, () => Buffer.concat([Buffer.from([filter]), Buffer.alloc(bytes, 7)])),
  );

const small = { width: 3, height: 2 };
const DRAWABLE: [string, Buffer][] = [
  ['with transparency', png(header(small), pixels(rows(2, 12)), END)],
  ['without', png(header({ ...small, type: 2 }), pixels(rows(2, 9, 4)), END)],
  ['of 16 bits', png(header({ ...small, bits: 16 }), pixels(rows(2, 24, 1)), END)],
  ['of one bit', png(header({ ...small, bits: 1, type: 0 }), pixels(rows(2, 1)), END)],
  [
    'of a palette with transparency',
    png(
      header({ ...small, type: 3 }),
      chunk('PLTE', Buffer.alloc(30)),
      chunk('tRNS', Buffer.alloc(10)),
      pixels(rows(2, 3)),
      END,
    ),
  ],
  [
    'in several parts, with a text',
    (() => {
      const packed = deflateSync(rows(2, 12));
      const [one, two] = [packed.subarray(0, 5), packed.subarray(5)];
      return png(
        header(small),
        chunk('tEXt', Buffer.from('a\0b')),
        chunk('IDAT', one),
        chunk('IDAT', two),
        END,
      );
    })(),
  ],
];

const paper = (logo: Buffer): PaperDocument => ({
  title: 'Letterhead',
  size: 'A5',
  head: { name: 'Lake Eye Hospital', lines: [], logo: logo.toString('base64') },
  margins: DEFAULT_MARGINS,
  patient: '',
  day: '',
  blocks: [],
  printed: '',
  language: 'en',
});
const hasPicture = async (logo: Buffer) =>
  (await renderPaper(paper(logo))).toString('latin1').includes('/Subtype /Image');

it.each(DRAWABLE)('draws a picture %s', async (_name, logo) => {
  expect(isDrawable(logo)).toBe(true);
  expect(await hasPicture(logo)).toBe(true);
});

const MB = 1_000_000;
const HOSTILE: [string, Buffer][] = [
  // A length of -12 led the reader back to where it was.
  ['that never ends', png(header(small), chunk('aaaa', Buffer.alloc(0), -12), pixels(rows(2, 12)), END)],
  ['with more in it than the file has', png(header(small), chunk('IDAT', Buffer.alloc(4), 0x7fffffff), END)],
  ['with a text as long', png(header(small), chunk('tEXt', Buffer.alloc(4), 0x7ffffff0), END)],
  [
    'that claims 30,000 pixels each way',
    png(header({ width: 30_000, height: 30_000 }), pixels(rows(2, 12)), END),
  ],
  [
    'that is one pixel too wide',
    png(header({ width: MOST_PIXELS + 1, height: 1 }), pixels(rows(1, (MOST_PIXELS + 1) * 4)), END),
  ],
  ['that unpacks to more than it claims', png(header(small), pixels(Buffer.alloc(50 * MB)), END)],
  ['that unpacks to less', png(header(small), pixels(rows(1, 12)), END)],
  ['that cannot be unpacked', png(header(small), chunk('IDAT', Buffer.from('no zlib')), END)],
  ['with a filter that there is not', png(header(small), pixels(rows(2, 12, 9)), END)],
  ['that is interlaced', png(header({ ...small, interlace: 1 }), pixels(rows(2, 12)), END)],
  ['of no size', png(header({ width: 0, height: 2 }), pixels(Buffer.alloc(2)), END)],
  ['of colours that there are not', png(header({ ...small, type: 5 }), pixels(rows(2, 12)), END)],
  ['of 3 bits', png(header({ ...small, bits: 3 }), pixels(rows(2, 12)), END)],
  ['without an end', png(header(small), pixels(rows(2, 12)))],
  ['without a head', png(pixels(rows(2, 12)), END)],
  ['with two heads', png(header(small), header({ width: 30_000, height: 30_000 }), pixels(rows(2, 12)), END)],
  ['that is a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
  ['of nothing', Buffer.alloc(0)],
];

it.each(HOSTILE)('draws no picture %s, and is done at once', async (_name, logo) => {
  const before = process.cpuUsage().user;
  expect(isDrawable(logo)).toBe(false);
  // In microseconds of the processor: a machine with other work is not slow for that.
  expect(process.cpuUsage().user - before).toBeLessThan(500_000);
  // A paper is printed all the same: without it.
  expect(await hasPicture(logo)).toBe(false);
});
