import 'server-only';
import { inflateSync } from 'node:zlib';

/*
 * What is asked of a PNG before pdfkit sees it. Its reader believes each length that a file states: one that
 * is below zero keeps it in a loop for ever, and a picture of a few bytes may claim, or unpack to, gigabytes.
 */
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Of each side: more than twice what the best printer puts into the corner of a letter. */
export const MOST_PIXELS = 1_200;
/** Channels of each colour type, and the bits that they may have. */
const COLOURS: ReadonlyMap<number, { channels: number; bits: readonly number[] }> = new Map([
  [0, { channels: 1, bits: [1, 2, 4, 8, 16] }],
  [2, { channels: 3, bits: [8, 16] }],
  [3, { channels: 1, bits: [1, 2, 4, 8] }],
  [4, { channels: 2, bits: [8, 16] }],
  [6, { channels: 4, bits: [8, 16] }],
]);
const LAST_FILTER = 4;

type Chunk = { kind: string; data: Buffer };

/** The chunks of a file; null where a length leaves it, or where it does not end as it should. */
function chunksOf(png: Buffer): Chunk[] | null {
  if (!png.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return null;
  const chunks: Chunk[] = [];
  let at = SIGNATURE.length;
  while (at + 12 <= png.length) {
    const length = png.readUInt32BE(at);
    const end = at + 8 + length;
    if (end + 4 > png.length) return null;
    const kind = png.toString('latin1', at + 4, at + 8);
    chunks.push({ kind, data: png.subarray(at + 8, end) });
    at = end + 4;
    if (kind === 'IEND') return chunks;
  }
  return null;
}

/** Bytes of a row with its filter, and how many rows; null for what is too large or not to be drawn. */
function rowsOf(header: Buffer): { bytes: number; rows: number } | null {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  // pdfkit misreads interlaced pictures of some sizes, and throws where nobody catches.
  const [bits = 0, type = 0, packing, filtering, interlacing] = header.subarray(8);
  const colour = COLOURS.get(type);
  if (!colour?.bits.includes(bits) || packing !== 0 || filtering !== 0 || interlacing !== 0) return null;
  if (Math.min(width, height) < 1 || Math.max(width, height) > MOST_PIXELS) return null;
  return { bytes: 1 + Math.ceil((width * bits * colour.channels) / 8), rows: height };
}

/** Whether pdfkit can draw a PNG, and will be done with it soon. */
export function isDrawable(png: Buffer): boolean {
  const chunks = chunksOf(png);
  const [first] = chunks ?? [];
  if (!chunks || first?.kind !== 'IHDR' || first.data.length !== 13) return false;
  if (chunks.filter(({ kind }) => kind === 'IHDR').length > 1) return false;
  const shape = rowsOf(first.data);
  if (!shape) return false;
  const { bytes, rows } = shape;
  const packed = Buffer.concat(chunks.flatMap(({ kind, data }) => (kind === 'IDAT' ? [data] : [])));
  let pixels: Buffer;
  try {
    pixels = inflateSync(packed, { maxOutputLength: bytes * rows });
  } catch {
    return false;
  }
  if (pixels.length !== bytes * rows) return false;
  // Of a filter that there is not, pdfkit throws where nobody catches too.
  for (let row = 0; row < rows; row++) if ((pixels[row * bytes] ?? 0) > LAST_FILTER) return false;
  return true;
}
