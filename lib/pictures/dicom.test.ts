import { createRequire } from 'node:module';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  as12BitJpeg,
  asLosslessJpeg,
  asRle,
  type DicomSample,
  dicomFile,
  SOP_CLASS,
  SYNTAX,
} from '@/tests/builders/dicom';
import { bufferSource, type Source } from '../source';
import { type DicomLayout, framePieces, isPhotograph, readFrame, unshownBecause } from './dicom';
import { drawForWeb, drawSmall, inflateDicom, readDicomHeader } from './thread';

const load = createRequire(import.meta.url);
const [ROWS, COLUMNS] = [24, 32];
const size = { rows: ROWS, columns: COLUMNS };
/** A slope from dark to bright, the other way down. */
const grey = Buffer.from(
  Array.from({ length: ROWS * COLUMNS }, (_, at) => (at % COLUMNS) * 6 + Math.floor(at / COLUMNS) * 2),
);
const rgb = Buffer.from([...grey].flatMap((value) => [value, 255 - value, 40]));
const wide = (pixels: Buffer) => {
  const out = Buffer.alloc(pixels.length * 2);
  for (const [at, value] of pixels.entries()) out.writeUInt16LE(value * 16, at * 2);
  return out;
};

async function draw(file: Buffer, frame = 0) {
  const header = await readDicomHeader(file.subarray(0, 1024 * 1024));
  const layout = header?.layout;
  if (!layout) return null;
  const plain = layout.syntax === SYNTAX.deflated ? await inflateDicom(file) : file;
  if (!plain) return null;
  const source = bufferSource(Buffer.from(plain));
  const pieces = (await framePieces(source, layout))?.[frame];
  if (!pieces) return null;
  const bytes = await readFrame(source, pieces);
  return isPhotograph(layout)
    ? drawForWeb({ bytes, type: 'image/jpeg' })
    : drawForWeb({ bytes, type: 'application/dicom', layout, ...(await tablesOf(source, layout)) });
}

async function tablesOf(source: Source, { palette }: DicomLayout) {
  if (!palette) return {};
  const tables = await readFrame(
    source,
    palette.at.flatMap((at) => [at, palette.count * palette.depth]),
  );
  return { tables };
}

/** The picture that comes out, against the one that went in: JPEG moves a value by little. */
async function expectLike(file: Buffer, pixels: Buffer, channels: 1 | 3, tolerance = 6, frame = 0) {
  const drawn = await draw(file, frame);
  if (!drawn) throw new Error('nothing was drawn');
  const { data, info } = await sharp(drawn)
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([COLUMNS, ROWS, channels]);
  const worst = Math.max(...pixels.map((value, at) => Math.abs(value - (data[at] ?? 0))));
  expect(worst).toBeLessThanOrEqual(tolerance);
}

async function encoded(codec: 'charls' | 'openjpeg', pixels: Buffer): Promise<Buffer> {
  const made = await load(`@cornerstonejs/codec-${codec}`)();
  const encoder = codec === 'charls' ? new made.JpegLSEncoder() : new made.J2KEncoder();
  const frame = { width: COLUMNS, height: ROWS, bitsPerSample: 8, componentCount: 1, isSigned: false };
  encoder.getDecodedBuffer(frame).set(pixels);
  if (codec === 'charls') encoder.setNearLossless(0);
  else {
    encoder.setDecompositions(1);
    encoder.setQuality(true, 0);
  }
  encoder.encode();
  return Buffer.from(encoder.getEncodedBuffer());
}

describe('what a file says', () => {
  const sample: DicomSample = {
    patient: { id: 'A-1', name: 'Rao^Äsha^^^', birthDate: '1990-02-03', sex: 'F' },
    ...{ takenOn: '2026-01-02', laterality: 'R', series: 'Macula Cube', frames: [grey], ...size },
  };

  it.each(['yes', 'none', 'bare'] as const)('is read with preamble: %s', async (preamble) => {
    for (const syntax of [SYNTAX.explicit, SYNTAX.implicit]) {
      const header = await readDicomHeader(dicomFile({ ...sample, syntax, preamble }));
      expect(header?.facts).toEqual({
        sopClass: SOP_CLASS.photography,
        modality: 'OP',
        patient: { id: 'A-1', name: 'Äsha Rao', birthDate: '1990-02-03', sex: 'F' },
        ...{ takenOn: '2026-01-02', takenAt: '2026-01-02 10:15', laterality: 'R' },
        ...{ device: 'Maker Model 1', words: 'Macula Cube' },
      });
      await expectLike(dicomFile({ ...sample, syntax, preamble }), grey, 1);
    }
  });

  it('finds the eye that all pictures of a tomography share', async () => {
    const file = dicomFile({ ...sample, sopClass: SOP_CLASS.tomography, isSharedLaterality: true });
    expect((await readDicomHeader(file))?.facts.laterality).toBe('R');
  });

  it('finds the PDF within it', async () => {
    const pdf = Buffer.from('%PDF-1.7\n%%EOF\n ');
    const file = dicomFile({ pdf });
    const paper = (await readDicomHeader(file))?.paper;
    if (!paper) throw new Error('no PDF was found');
    expect(file.subarray(paper.at, paper.at + paper.bytes).equals(pdf)).toBe(true);
  });

  it.each([
    ['text', Buffer.from('a letter to the doctor, long enough to be read as a head of something')],
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(4_096)],
    ['a mark alone', Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')])],
  ])('is not read from %s', async (_what, bytes) => {
    expect(await readDicomHeader(bytes)).toBeNull();
  });
});

describe('its pictures', () => {
  it('are drawn as they were measured, in each way of writing that is known', async () => {
    const jpeg = await sharp(grey, { raw: { width: COLUMNS, height: ROWS, channels: 1 } })
      .toColourspace('b-w')
      .jpeg({ quality: 100 })
      .toBuffer();
    await expectLike(dicomFile({ ...size, frames: [grey] }), grey, 1);
    await expectLike(dicomFile({ ...size, syntax: SYNTAX.bigEndian, frames: [grey] }), grey, 1);
    await expectLike(dicomFile({ ...size, syntax: SYNTAX.rle, frames: [asRle(grey, 1)] }), grey, 1);
    await expectLike(dicomFile({ ...size, syntax: SYNTAX.jpeg, frames: [jpeg] }), grey, 1, 8);
    await expectLike(
      dicomFile({ ...size, syntax: SYNTAX.lossless, frames: [asLosslessJpeg(grey, ROWS, COLUMNS)] }),
      grey,
      1,
    );
    await expectLike(
      dicomFile({ ...size, syntax: SYNTAX.jpegLs, frames: [await encoded('charls', grey)] }),
      grey,
      1,
    );
    await expectLike(
      dicomFile({ ...size, syntax: SYNTAX.jpeg2000, frames: [await encoded('openjpeg', grey)] }),
      grey,
      1,
    );
  });

  it('are drawn in colour, pixel by pixel and plane by plane, and from run lengths', async () => {
    const plane = (sample: number) => Buffer.from(rgb.filter((_, at) => at % 3 === sample));
    const planes = Buffer.concat([plane(0), plane(1), plane(2)]);
    const colours = { ...size, photometric: 'RGB' };
    await expectLike(dicomFile({ ...colours, frames: [rgb] }), rgb, 3, 12);
    await expectLike(dicomFile({ ...colours, isPlanar: true, frames: [planes] }), rgb, 3, 12);
    await expectLike(dicomFile({ ...colours, syntax: SYNTAX.rle, frames: [asRle(rgb, 3)] }), rgb, 3, 12);
  });

  it('of 16 bit are shown by the window of the file', async () => {
    const deep = { ...size, bits: { allocated: 16 as const, stored: 12 }, frames: [wide(grey)] };
    const window = { center: '2040.5', width: '4081' };
    await expectLike(dicomFile({ ...deep, window }), grey, 1);
    const inverse = Buffer.from(grey.map((value) => 255 - value));
    await expectLike(dicomFile({ ...deep, window, photometric: 'MONOCHROME1' }), inverse, 1);
  });

  it('are told apart, also when each is in several pieces', async () => {
    const other = Buffer.from(grey.map((value) => 255 - value));
    const frames = [asRle(grey, 1), asRle(other, 1), asRle(grey, 1)];
    for (const pieces of [1, 3]) {
      const file = dicomFile({ ...size, syntax: SYNTAX.rle, frames, pieces });
      await expectLike(file, grey, 1, 6, 0);
      await expectLike(file, other, 1, 6, 1);
    }
    await expectLike(dicomFile({ ...size, frames: [grey, other] }), other, 1, 6, 1);
    expect(await draw(dicomFile({ ...size, frames: [grey, other] }), 2)).toBeNull();
  });

  it('by a palette have its colours, of 8 and of 16 bit', async () => {
    const every = (value: (entry: number) => number) =>
      Array.from({ length: 256 }, (_, at) => value(at) * 256);
    const palette = { first: 0, tables: [every((v) => v), every((v) => 255 - v), every(() => 40)] } as const;
    const coloured = { ...size, photometric: 'PALETTE COLOR', palette: palette as never };
    await expectLike(dicomFile({ ...coloured, frames: [grey] }), rgb, 3, 12);
    await expectLike(dicomFile({ ...coloured, syntax: SYNTAX.rle, frames: [asRle(grey, 1)] }), rgb, 3, 12);
    // The table begins at 100: what is below has the first colour.
    const shifted = Buffer.from(grey.map((value) => Math.max(0, value - 100)));
    const expected = Buffer.from([...shifted].flatMap((value) => [value, 255 - value, 40]));
    const late = { ...coloured, palette: { ...palette, first: 100 } as never };
    await expectLike(dicomFile({ ...late, frames: [grey] }), expected, 3, 12);
    const wideGrey = Buffer.alloc(grey.length * 2);
    for (const [at, value] of grey.entries()) wideGrey.writeUInt16LE(value, at * 2);
    const deep = { ...coloured, bits: { allocated: 16 as const, stored: 16 }, frames: [wideGrey] };
    await expectLike(dicomFile(deep), rgb, 3, 12);
    const bare = await readDicomHeader(
      dicomFile({ ...coloured, palette: undefined as never, frames: [grey] }),
    );
    expect(unshownBecause(bare?.syntax ?? '', bare?.layout ?? null)).toContain('PALETTE COLOR');
  });

  it('of a deflated file are those that were deflated', async () => {
    await expectLike(dicomFile({ ...size, syntax: SYNTAX.deflated, frames: [grey] }), grey, 1);
    const other = Buffer.from(grey.map((value) => 255 - value));
    await expectLike(dicomFile({ ...size, syntax: SYNTAX.deflated, frames: [grey, other] }), other, 1, 6, 1);
    // Nothing is opened for a file that would fill the memory.
    const bomb = dicomFile({
      rows: 8_000,
      columns: 9_000,
      syntax: SYNTAX.deflated,
      frames: [Buffer.alloc(72e6)],
    });
    expect(bomb.length).toBeLessThan(1e6);
    expect(await inflateDicom(bomb)).toBeNull();
  });

  it('of JPEG with 12 bit are those that were written, with marks of restart too', async () => {
    const bits = { allocated: 16 as const, stored: 12 };
    // Darkest and brightest stretch over all 12 bit, so that what is drawn shows each.
    const deep = Uint16Array.from(grey, (value) => Math.round((value / Math.max(...grey)) * 4095));
    const shown = Buffer.from([...deep].map((value) => Math.round((value / 4095) * 255)));
    for (const interval of [0, 3]) {
      const frames = [as12BitJpeg(deep, ROWS, COLUMNS, interval)];
      await expectLike(dicomFile({ ...size, bits, syntax: SYNTAX.extended, frames }), shown, 1, 6);
    }
    const [rows, columns] = [21, 30];
    const cut = Uint16Array.from({ length: rows * columns }, (_, at) => (at % columns) * 130);
    const whole = { rows, columns, bits, syntax: SYNTAX.extended };
    const drawn = await draw(dicomFile({ ...whole, frames: [as12BitJpeg(cut, rows, columns)] }));
    expect(await sharp(drawn ?? Buffer.alloc(0)).metadata()).toMatchObject({ width: columns, height: rows });
  });

  it('of JPEG with 12 bit in colour are kept, and it is said that nothing reads them', async () => {
    const bits = { allocated: 16 as const, stored: 12 };
    const syntax = SYNTAX.jpeg;
    const header = await readDicomHeader(dicomFile({ ...size, bits, syntax, frames: [grey] }));
    expect(unshownBecause(header?.syntax ?? '', header?.layout ?? null)).toContain('JPEG of 12 bit');
  });

  it('of another way of writing are said to be so', async () => {
    const header = await readDicomHeader(dicomFile({ ...size, syntax: SYNTAX.video, frames: [grey] }));
    expect(unshownBecause(header?.syntax ?? '', header?.layout ?? null)).toContain(SYNTAX.video);
    const shown = await readDicomHeader(dicomFile({ ...size, frames: [grey] }));
    expect(unshownBecause(shown?.syntax ?? '', shown?.layout ?? null)).toBeNull();
  });

  it('are made small for a list', async () => {
    const layout = (await readDicomHeader(dicomFile({ ...size, frames: [grey] })))?.layout;
    if (!layout) throw new Error('no layout');
    const small = await drawSmall({ bytes: grey, type: 'application/dicom', layout });
    expect(await sharp(small ?? Buffer.alloc(0)).metadata()).toMatchObject({ format: 'webp' });
  });
});

describe('files that are made to break a reader', () => {
  const samples = async () => [
    dicomFile({ ...size, laterality: 'R', isSharedLaterality: true, frames: [grey] }),
    dicomFile({ ...size, syntax: SYNTAX.rle, frames: [asRle(grey, 1), asRle(grey, 1)] }),
    dicomFile({ ...size, syntax: SYNTAX.lossless, frames: [asLosslessJpeg(grey, ROWS, COLUMNS)] }),
    dicomFile({ ...size, syntax: SYNTAX.jpegLs, frames: [await encoded('charls', grey)] }),
    dicomFile({ ...size, syntax: SYNTAX.jpeg2000, frames: [await encoded('openjpeg', grey)] }),
    dicomFile({
      ...{ ...size, bits: { allocated: 16, stored: 12 }, syntax: SYNTAX.extended },
      frames: [
        as12BitJpeg(
          Uint16Array.from(grey, (value) => value * 16),
          ROWS,
          COLUMNS,
          2,
        ),
      ],
    }),
    dicomFile({ pdf: Buffer.from('%PDF-1.7\n%%EOF\n ') }),
    dicomFile({ ...size, syntax: SYNTAX.deflated, frames: [grey] }),
  ];
  // A row of numbers that is the same each time: a failure can be run again.
  const numbers = (seed: number) => () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };

  it('cut or with flipped bits are answered, and end no process', { timeout: 120_000 }, async () => {
    const next = numbers(7);
    let read = 0;
    for (const whole of await samples())
      for (let round = 0; round < 8; round++) {
        const broken = Buffer.from(round % 2 === 0 ? whole : whole.subarray(0, next() * whole.length));
        for (let flip = 0; flip < 1 + round; flip++) {
          const at = Math.floor(next() * broken.length);
          broken[at] = (broken[at] ?? 0) ^ (1 << Math.floor(next() * 8));
        }
        if (await draw(broken)) read++;
      }
    // Many a flip changes a pixel or a name alone.
    expect(read).toBeGreaterThan(0);
  });

  it('that claim more than they hold get no memory for it', async () => {
    const jpeg = asLosslessJpeg(grey, ROWS, COLUMNS);
    // The picture says another size than the file: 65,535 on each side.
    jpeg.writeUInt16BE(0xffff, 7);
    jpeg.writeUInt16BE(0xffff, 9);
    expect(await draw(dicomFile({ ...size, syntax: SYNTAX.lossless, frames: [jpeg] }))).toBeNull();
    const huge = await readDicomHeader(dicomFile({ rows: 65_534, columns: 65_534, frames: [grey] }));
    expect(unshownBecause(huge?.syntax ?? '', huge?.layout ?? null)).toContain('too large');
  });

  it('take no longer than they are given', async () => {
    const file = dicomFile({ ...size, frames: [grey] });
    expect(await readDicomHeader(file, 0.001)).toBeNull();
  });
});
