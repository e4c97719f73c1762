// Read in a thread of its own (lib/pictures/thread.ts): the bitmaps of Windows that cameras of old slit lamps
// write. Uncompressed ones with a palette, 24 or 32 bits; no kept library reads the headers of before V5.

/**
 * @param {Buffer} file
 * @param {number} maxPixels
 * @returns plain pixels for sharp; null for a bitmap of another kind
 */
function readBitmap(file, maxPixels) {
  if (file.length < 54 || file.toString('latin1', 0, 2) !== 'BM') return null;
  const dataAt = file.readUInt32LE(10);
  const headerBytes = file.readUInt32LE(14);
  const width = file.readInt32LE(18);
  const signedHeight = file.readInt32LE(22);
  const bits = file.readUInt16LE(28);
  const compression = file.readUInt32LE(30);
  const height = Math.abs(signedHeight);
  if (headerBytes < 40 || width < 1 || height < 1 || width * height > maxPixels) return null;
  // Masks are those of 32 bits without compression in all that devices write.
  if (!(compression === 0 || (compression === 3 && bits === 32))) return null;
  if (![1, 4, 8, 24, 32].includes(bits)) return null;
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  if (dataAt + rowBytes * height > file.length) return null;
  const paletteAt = 14 + headerBytes;
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    // From the bottom up, unless the height is negative.
    const row = dataAt + (signedHeight > 0 ? height - 1 - y : y) * rowBytes;
    for (let x = 0; x < width; x++) {
      let from = row + x * (bits / 8);
      if (bits <= 8) {
        const byte = file[row + ((x * bits) >> 3)];
        const index = (byte >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1);
        from = paletteAt + index * 4;
      }
      const to = (y * width + x) * 3;
      data[to] = file[from + 2] ?? 0;
      data[to + 1] = file[from + 1] ?? 0;
      data[to + 2] = file[from] ?? 0;
    }
  }
  return { data, raw: { width, height, channels: 3 } };
}

module.exports = { readBitmap };
