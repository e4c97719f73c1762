import 'server-only';
import { inflateSync } from 'node:zlib';
import type * as HarfBuzz from 'harfbuzzjs';

/*
 * pdfkit's own reader of fonts throws on Telugu, Gujarati and Malayalam and shapes Bengali wrongly, so
 * HarfBuzz says which glyph stands where, and pdfkit draws them (docs/decisions/0021-papers.md).
 */
type Position = { xAdvance: number; yAdvance: number; xOffset: number; yOffset: number };
type Glyph = { id: number; codePoints: number[]; advanceWidth: number };
type Run = { glyphs: Glyph[]; positions: Position[]; advanceWidth: number };
/** What pdfkit asks of a font. */
type FontReader = {
  unitsPerEm: number;
  getGlyph: (id: number, codePoints: number[]) => Glyph;
  layout: (text: string) => Run;
};

export type Shaper = (text: string) => { id: number; cluster: number; position: Position }[];

/** The font file that a WOFF 1.0 file was packed from. @throws Error for anything else. */
export function unpackWoff(file: Buffer): Buffer {
  if (file.toString('latin1', 0, 4) !== 'wOFF') throw new Error('This is no WOFF file');
  const count = file.readUInt16BE(12);
  const directory = Buffer.alloc(12 + 16 * count);
  file.copy(directory, 0, 4, 8);
  const power = 2 ** Math.floor(Math.log2(count));
  directory.writeUInt16BE(count, 4);
  directory.writeUInt16BE(power * 16, 6);
  directory.writeUInt16BE(Math.log2(power), 8);
  directory.writeUInt16BE((count - power) * 16, 10);
  const tables: Buffer[] = [];
  let offset = directory.length;
  for (let index = 0; index < count; index++) {
    const at = 44 + 20 * index;
    const [from, packed, size] = [4, 8, 12].map((field) => file.readUInt32BE(at + field)) as [
      number,
      number,
      number,
    ];
    const stored = file.subarray(from, from + packed);
    const table = packed < size ? inflateSync(stored) : stored;
    const entry = 12 + 16 * index;
    file.copy(directory, entry, at, at + 4);
    directory.writeUInt32BE(file.readUInt32BE(at + 16), entry + 4);
    directory.writeUInt32BE(offset, entry + 8);
    directory.writeUInt32BE(size, entry + 12);
    const padded = Buffer.alloc(Math.ceil(size / 4) * 4);
    table.copy(padded);
    tables.push(padded);
    offset += padded.length;
  }
  return Buffer.concat([directory, ...tables]);
}

/** A shaper of one font file. The library is loaded once per process. */
export async function openShaper(bytes: Buffer): Promise<Shaper> {
  const hb: typeof HarfBuzz = await import('harfbuzzjs');
  const content = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const font = new hb.Font(new hb.Face(new hb.Blob(content)));
  return (text) => {
    const buffer = new hb.Buffer();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    hb.shape(font, buffer);
    const positions = buffer.getGlyphPositions();
    return buffer.getGlyphInfos().map(({ codepoint, cluster }, index) => {
      const { xAdvance = 0, yAdvance = 0, xOffset = 0, yOffset = 0 } = positions[index] ?? {};
      return { id: codepoint, cluster, position: { xAdvance, yAdvance, xOffset, yOffset } };
    });
  };
}

/** Makes pdfkit's reader of the current font ask HarfBuzz; harmless when it does so already. */
export function attachShaper(pdf: object, shaper: Shaper): void {
  const { font } = (pdf as { _font: { font: FontReader & { isShaped?: boolean } } })._font;
  if (font.isShaped) return;
  font.isShaped = true;
  font.layout = (text) => {
    const shaped = shaper(text);
    // A cluster is the letters that became some glyphs together; it ends where the next one begins.
    const counts = new Map<number, number>();
    for (const { cluster } of shaped) counts.set(cluster, (counts.get(cluster) ?? 0) + 1);
    const starts = [...counts.keys()].sort((a, b) => a - b);
    const ends = new Map(starts.map((start, index) => [start, starts[index + 1] ?? text.length]));
    const seen = new Map<number, number>();
    const glyphs = shaped.map(({ id, cluster }) => {
      const letters = [...text.slice(cluster, ends.get(cluster))].map((letter) => letter.codePointAt(0) ?? 0);
      const place = seen.get(cluster) ?? 0;
      seen.set(cluster, place + 1);
      return font.getGlyph(id, counts.get(cluster) === 1 ? letters : letters.slice(place, place + 1));
    });
    const advance = shaped.reduce((sum, { position }) => sum + position.xAdvance, 0);
    return {
      glyphs,
      positions: shaped.map(({ position }) => position),
      // pdfkit takes this one as thousandths of an em without scaling it.
      advanceWidth: (advance * 1000) / font.unitsPerEm,
    };
  };
}
