// Read in a thread of its own (lib/pictures/thread.ts): one picture of a DICOM file as plain 8-bit pixels.

const JPEG_LOSSLESS = ['1.2.840.10008.1.2.4.57', '1.2.840.10008.1.2.4.70'];
const JPEG_EXTENDED = '1.2.840.10008.1.2.4.51';
const JPEG_LS = ['1.2.840.10008.1.2.4.80', '1.2.840.10008.1.2.4.81'];
const JPEG_2000 = ['1.2.840.10008.1.2.4.90', '1.2.840.10008.1.2.4.91'];
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const RLE = '1.2.840.10008.1.2.5';

class Unreadable extends Error {}

/** By the standard (PS3.5 G): segments of PackBits, one per sample and byte, the high byte first. */
function fromRle(bytes, { rows, columns, samples, allocated }) {
  const pixels = rows * columns;
  const depth = allocated / 8;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(0, true);
  if (count !== samples * depth || count > 15) throw new Unreadable('segments');
  const all = new Uint8Array(pixels * samples * depth);
  for (let segment = 0; segment < count; segment++) {
    const sample = Math.floor(segment / depth);
    const byte = depth - 1 - (segment % depth);
    let at = view.getUint32(4 + segment * 4, true);
    const end = segment + 1 < count ? view.getUint32(8 + segment * 4, true) : bytes.length;
    const put = (pixel, value) => {
      all[(pixel * samples + sample) * depth + byte] = value;
    };
    let pixel = 0;
    while (pixel < pixels && at < end && at < bytes.length) {
      const length = view.getInt8(at++);
      if (length >= 0) for (let n = 0; n <= length && pixel < pixels; n++) put(pixel++, bytes[at++] ?? 0);
      else if (length !== -128) {
        const value = bytes[at++] ?? 0;
        for (let n = 0; n < 1 - length && pixel < pixels; n++) put(pixel++, value);
      }
    }
  }
  return all;
}

/** Width, height and components by the frame header of a JPEG of any kind: before memory is taken for it. */
function assertJpegSize(bytes, layout) {
  for (let at = 2; at + 10 < bytes.length; ) {
    const marker = bytes[at + 1];
    const isFrame =
      marker === 0xf7 || (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker));
    if (bytes[at] !== 0xff) break;
    if (isFrame) {
      const [height, width] = [bytes[at + 5] * 256 + bytes[at + 6], bytes[at + 7] * 256 + bytes[at + 8]];
      assertSize({ width, height, componentCount: bytes[at + 9], bitsPerSample: bytes[at + 4] }, layout);
      return;
    }
    at += 2 + bytes[at + 2] * 256 + bytes[at + 3];
  }
  throw new Unreadable('no frame');
}

/** The same of JPEG 2000, which begins with its sizes (ISO 15444-1, SIZ). */
function assertCodestreamSize(bytes, layout) {
  if (bytes.length < 43) throw new Unreadable('short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0xff4fff51) throw new Unreadable('no codestream');
  const width = view.getUint32(8) - view.getUint32(16);
  const height = view.getUint32(12) - view.getUint32(20);
  const bitsPerSample = (view.getUint8(42) & 0x7f) + 1;
  assertSize({ width, height, componentCount: view.getUint16(40), bitsPerSample }, layout);
}

/** The codecs hand memory of their own; they are asked one picture and end with the thread. */
async function fromCodec(codec, kind, bytes, layout) {
  if (kind === 'J2KDecoder') assertCodestreamSize(bytes, layout);
  else assertJpegSize(bytes, layout);
  const decoder = new codec[kind]();
  decoder.getEncodedBuffer(bytes.length).set(bytes);
  decoder.decode();
  assertSize(decoder.getFrameInfo(), layout);
  return Uint8Array.from(decoder.getDecodedBuffer());
}

function assertSize({ width, height, componentCount, bitsPerSample }, layout) {
  if (width !== layout.columns || height !== layout.rows || componentCount !== layout.samples)
    throw new Unreadable('size');
  if ((bitsPerSample <= 8 ? 8 : 16) !== layout.allocated) throw new Unreadable('depth');
}

function fromLossless(bytes, layout) {
  const { lossless } = require('jpeg-lossless-decoder-js');
  assertJpegSize(bytes, layout);
  const { buffer } = Uint8Array.from(bytes);
  const samples = new lossless.Decoder().decode(buffer, 0, bytes.length, layout.allocated / 8);
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** The bytes of one frame as samples in the order of pixels. */
async function plainSamples(bytes, layout) {
  const { syntax } = layout;
  if (syntax === RLE) return fromRle(bytes, layout);
  if (JPEG_LOSSLESS.includes(syntax)) return fromLossless(bytes, layout);
  if (syntax === JPEG_EXTENDED) {
    assertJpegSize(bytes, layout);
    return require('./jpeg-deep.cjs').readDeepJpeg(bytes);
  }
  if (JPEG_LS.includes(syntax))
    return fromCodec(await require('@cornerstonejs/codec-charls/decode')(), 'JpegLSDecoder', bytes, layout);
  if (JPEG_2000.includes(syntax))
    return fromCodec(await require('@cornerstonejs/codec-openjpeg/decode')(), 'J2KDecoder', bytes, layout);
  return bytes;
}

/** Decoders of whole frames answer pixel by pixel, whatever the file says of planes. */
const isPlane = ({ syntax, isPlanar, samples }) =>
  samples === 3 && isPlanar && /^1\.2\.840\.10008\.1\.2(\.[12]|\.1\.99)?$/.test(syntax);

/** Grey of any depth as 8 bit: by the window that the file names, else from its darkest to its brightest. */
function grey(samples, { rows, columns, allocated, stored, isSigned, slope, intercept, ...layout }) {
  const pixels = rows * columns;
  const view = new DataView(samples.buffer, samples.byteOffset, samples.byteLength);
  const isBig = layout.syntax === BIG_ENDIAN;
  const spare = Math.max(0, allocated - stored);
  const valueAt = (pixel) => {
    if (allocated === 8) return (isSigned ? view.getInt8(pixel) : view.getUint8(pixel)) * slope + intercept;
    const raw = view.getUint16(pixel * 2, !isBig) << (16 + spare);
    return (isSigned ? raw >> (16 + spare) : raw >>> (16 + spare)) * slope + intercept;
  };
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  if (layout.width > 0 && layout.center !== null) {
    low = layout.center - 0.5 - (layout.width - 1) / 2;
    high = layout.center - 0.5 + (layout.width - 1) / 2;
  } else if (allocated === 8 && !isSigned && slope === 1 && intercept === 0) [low, high] = [0, 255];
  else
    for (let pixel = 0; pixel < pixels; pixel++) {
      const value = valueAt(pixel);
      if (value < low) low = value;
      if (value > high) high = value;
    }
  const range = high - low || 1;
  const isInverse = layout.photometric === 'MONOCHROME1';
  const out = Buffer.alloc(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const value = Math.max(0, Math.min(255, Math.round(((valueAt(pixel) - low) / range) * 255)));
    out[pixel] = isInverse ? 255 - value : value;
  }
  return out;
}

function colour(samples, layout) {
  const pixels = layout.rows * layout.columns;
  const out = Buffer.alloc(pixels * 3);
  const isPlanar = isPlane(layout);
  const isYbr = layout.photometric === 'YBR_FULL' && !JPEG_2000.includes(layout.syntax);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const at = (sample) => (isPlanar ? samples[sample * pixels + pixel] : samples[pixel * 3 + sample]) ?? 0;
    let [r, g, b] = [at(0), at(1), at(2)];
    if (isYbr) {
      const [y, cb, cr] = [r, g - 128, b - 128];
      [r, g, b] = [y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb];
    }
    for (const [sample, value] of [r, g, b].entries())
      out[pixel * 3 + sample] = Math.max(0, Math.min(255, Math.round(value)));
  }
  return out;
}

/** Each value is a place in three tables; what is below the first or above the last has its colour. */
function fromPalette(samples, { rows, columns, allocated, stored, syntax, palette }, tables) {
  const { count, first, depth, bits } = palette;
  const pixels = rows * columns;
  const isBig = syntax === BIG_ENDIAN;
  if (tables.length < count * depth * 3) throw new Unreadable('palette');
  const view = new DataView(samples.buffer, samples.byteOffset, samples.byteLength);
  const of = new DataView(tables.buffer, tables.byteOffset, tables.byteLength);
  const shown = Array.from({ length: 3 }, (_, table) =>
    Uint8Array.from({ length: count }, (_, entry) => {
      const at = (table * count + entry) * depth;
      if (depth === 1) return of.getUint8(at);
      const value = of.getUint16(at, !isBig);
      // Tables of 8 bit are often written into words of 16.
      return bits > 8 ? value >> (bits - 8) : value & 255;
    }),
  );
  const mask = 2 ** stored - 1;
  const out = Buffer.alloc(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const value = (allocated === 8 ? view.getUint8(pixel) : view.getUint16(pixel * 2, !isBig)) & mask;
    const entry = Math.max(0, Math.min(count - 1, value - first));
    for (let table = 0; table < 3; table++) out[pixel * 3 + table] = shown[table][entry];
  }
  return out;
}

/**
 * @param {Uint8Array} bytes of one frame
 * @param {Uint8Array} [tables] of a palette: red, green and blue one after the other
 * @returns plain pixels for sharp
 * @throws when they are not what the file says
 */
async function framePixels(bytes, layout, tables) {
  const { rows, columns, samples, allocated } = layout;
  const plain = await plainSamples(bytes, layout);
  if (plain.length < rows * columns * samples * (allocated / 8)) throw new Unreadable('short');
  if (layout.palette) {
    if (samples !== 1 || !tables) throw new Unreadable('palette');
    return { data: fromPalette(plain, layout, tables), raw: { width: columns, height: rows, channels: 3 } };
  }
  const data = samples === 1 ? grey(plain, layout) : colour(plain, layout);
  return { data, raw: { width: columns, height: rows, channels: samples === 1 ? 1 : 3 } };
}

module.exports = { framePixels };
