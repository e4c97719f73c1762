import { buffer } from 'node:stream/consumers';
import { constants, deflateRawSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { HEIC } from '@/tests/builders/heic';
import { countPages, drawForWeb, drawSmall } from './thread';

const BLUE = [20, 60, 200];
const RED = [200, 30, 30];

/** The same two halves as a bitmap of 24 bits, from the bottom up or from the top down. */
function bitmap(width: number, height: number, isFromTop = false): Buffer {
  const rowBytes = Math.ceil((width * 24) / 32) * 4;
  const file = Buffer.alloc(54 + rowBytes * height);
  file.write('BM');
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(isFromTop ? -height : height, 22);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      file.set([...(x < width / 2 ? BLUE : RED)].reverse(), 54 + y * rowBytes + x * 3);
  return file;
}

/** Eight pixels of one bit, black and white by turns, with their palette. */
function lineArt(): Buffer {
  const file = Buffer.alloc(54 + 8 + 4);
  file.write('BM');
  for (const [at, value] of [
    [10, 62],
    [14, 40],
    [18, 8],
    [22, 1],
  ] as const)
    file.writeUInt32LE(value, at);
  file.writeUInt16LE(1, 28);
  file.writeUInt32LE(0xffffff, 58);
  file[62] = 0b01010101;
  return file;
}

async function pixelsOf(drawn: Uint8Array | null) {
  if (!drawn) throw new Error('nothing was drawn');
  const { data, info } = await sharp(drawn)
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3),
  ];
  return { at, size: [info.width, info.height] as const };
}
const isLike = (one: readonly number[], other: readonly number[]) =>
  one.every((value, index) => Math.abs(value - (other[index] ?? 0)) < 30);

describe('a picture that browsers do not show', () => {
  it.each([
    ['image/heic', HEIC, [64, 48]],
    ['image/bmp', bitmap(31, 9), [31, 9]],
    ['image/bmp', bitmap(31, 9, true), [31, 9]],
  ] as const)('is drawn from %s with its colours where they are', async (type, bytes, size) => {
    const { at, size: drawn } = await pixelsOf(await drawForWeb({ bytes, type }));
    expect(drawn).toEqual(size);
    expect(isLike(at(2, 4), BLUE)).toBe(true);
    expect(isLike(at(drawn[0] - 3, 4), RED)).toBe(true);
  });

  it('is drawn from a bitmap with a palette', async () => {
    const { at } = await pixelsOf(await drawForWeb({ bytes: lineArt(), type: 'image/bmp' }));
    const shades = Array.from({ length: 8 }, (_, x) => ((at(x, 0)[0] ?? 0) > 127 ? 1 : 0));
    expect(shades).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
  });

  it('is drawn from a TIFF', async () => {
    const page = { create: { width: 12, height: 8, channels: 3 as const, background: '#c81e1e' } };
    const bytes = await sharp(page).tiff().toBuffer();
    expect(await countPages(bytes)).toBe(1);
    const { at } = await pixelsOf(await drawForWeb({ bytes, type: 'image/tiff' }));
    expect(isLike(at(5, 5), RED)).toBe(true);
  });

  it.each([
    ['image/heic', HEIC],
    ['image/bmp', bitmap(31, 9)],
  ])('that is cut or is noise is not drawn: %s', async (type, bytes) => {
    for (const broken of [bytes.subarray(0, 40), bytes.subarray(0, bytes.length - 60), Buffer.alloc(500, 7)])
      expect(await drawForWeb({ bytes: broken, type })).toBeNull();
  });

  it('that says more pixels than anybody takes is not drawn', async () => {
    const huge = bitmap(4, 4);
    huge.writeInt32LE(60_000, 18);
    huge.writeInt32LE(60_000, 22);
    expect(await drawForWeb({ bytes: huge, type: 'image/bmp' })).toBeNull();
  });
});

describe('the first page of a PDF', () => {
  const paper = async (draw: (document: PDFKit.PDFDocument) => void, options = {}) => {
    const document = new PDFDocument({ size: [300, 600], margin: 0, ...options });
    draw(document);
    document.end();
    return buffer(document);
  };

  it('is small, and shows its head: what stands below and behind it is not', async () => {
    const bytes = await paper((document) => {
      document.rect(0, 0, 150, 300).fill('#143cc8').rect(150, 0, 150, 300).fill('#c81e1e');
      document.addPage().rect(0, 0, 300, 600).fill('#000');
    });
    const { at, size } = await pixelsOf(await drawSmall({ bytes, type: 'application/pdf' }));
    expect(size).toEqual([192, 192]);
    for (const y of [3, 188]) {
      expect(isLike(at(20, y), BLUE)).toBe(true);
      expect(isLike(at(170, y), RED)).toBe(true);
    }
  });

  it('is not drawn where the file is damaged, is locked, or is a ribbon', async () => {
    const line = (document: PDFKit.PDFDocument) => document.rect(0, 0, 9, 9).fill('#000');
    const locked = await paper(line, { userPassword: 'secret', pdfVersion: '1.7' });
    const ribbon = await paper(line, { size: [1, 9_000] });
    const cut = (await paper(line)).subarray(0, 90);
    for (const bytes of [locked, ribbon, cut, Buffer.from('%PDF-1.7\n%%EOF\n')])
      expect(await drawSmall({ bytes, type: 'application/pdf' })).toBeNull();
  });

  it('takes no more memory than it is given', async () => {
    // 800 MiB of blanks, which the reader would unpack whole.
    const blanks = deflateRawSync(Buffer.alloc(1024 ** 2, ' '), { finishFlush: constants.Z_FULL_FLUSH });
    const drawing = Buffer.concat([
      Buffer.from([0x78, 0x9c]),
      ...Array.from({ length: 800 }, () => blanks),
      Buffer.from([3, 0, 0, 0, 0, 0]),
    ]);
    const bytes = Buffer.concat([
      Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n'),
      Buffer.from('2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n'),
      Buffer.from('3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R>>endobj\n'),
      Buffer.from(`4 0 obj<</Filter/FlateDecode/Length ${drawing.length}>>stream\n`),
      drawing,
      Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>'),
    ]);
    const before = process.memoryUsage.rss();
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss() - before);
    }, 5);
    expect(await drawSmall({ bytes, type: 'application/pdf' })).toBeNull();
    clearInterval(watch);
    expect(most).toBeLessThan(800 * 1024 ** 2);
  });
});

it('a photo is made small the way it was held', async () => {
  const photo = { create: { width: 400, height: 100, channels: 3 as const, background: '#fff' } };
  const bytes = await sharp(photo).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  const small = await drawSmall({ bytes, type: 'image/jpeg' });
  expect(await sharp(small ?? Buffer.alloc(0)).metadata()).toMatchObject({ width: 100, height: 192 });
});
