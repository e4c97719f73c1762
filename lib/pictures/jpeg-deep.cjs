// Read in a thread of its own (lib/pictures/thread.ts): grey JPEG of 12 bit, as fundus cameras write it.
// Extended sequential with Huffman codes, ITU-T T.81; readers of photographs know 8 bit alone.

class Unreadable extends Error {}

const ZIGZAG = [
  ...[0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6],
  ...[7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31],
  ...[39, 46, 53, 60, 61, 54, 47, 55, 62, 63],
];
const [SOF1, DHT, EOI, SOS, DQT, DRI] = [0xc1, 0xc4, 0xd9, 0xda, 0xdb, 0xdd];

/** Waves of the transform by place and frequency (A.3.3). */
const WAVES = Float64Array.from({ length: 64 }, (_, at) => {
  const [place, frequency] = [at >> 3, at & 7];
  return (frequency === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * place + 1) * frequency * Math.PI) / 16);
});

/** Codes by length as the file lists them: the first of each length, and where its values begin. */
function codesOf(counts, values) {
  const lengths = [];
  for (let length = 1, code = 0, at = 0; length <= 16; length++) {
    const count = counts[length - 1] ?? 0;
    lengths.push({ first: code, count, at });
    code = (code + count) << 1;
    at += count;
  }
  return { lengths, values };
}

/** Bits of a scan, without the zeros that stand behind each 255. */
class Bits {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
    this.held = 0;
    this.count = 0;
  }

  next() {
    if (this.count === 0) {
      const byte = this.bytes[this.at];
      // Behind the last byte, and before a marker, there are zeros: the picture is as far as it goes.
      const isMarker = byte === 0xff && this.bytes[this.at + 1] !== 0;
      if (byte === undefined || isMarker) this.held = 0;
      else {
        this.held = byte;
        this.at += byte === 0xff ? 2 : 1;
      }
      this.count = 8;
    }
    this.count -= 1;
    return (this.held >> this.count) & 1;
  }

  take(length) {
    let value = 0;
    for (let index = 0; index < length; index++) value = (value << 1) | this.next();
    return value;
  }

  /** A value of so many bits, of which the lower half means negative (F.2.2.1). */
  signed(length) {
    if (length === 0) return 0;
    const value = this.take(length);
    return value < 1 << (length - 1) ? value - (1 << length) + 1 : value;
  }

  symbol({ lengths, values }) {
    let code = 0;
    for (const { first, count, at } of lengths) {
      code = (code << 1) | this.next();
      if (code - first < count) return values[at + code - first] ?? 0;
    }
    throw new Unreadable('code');
  }

  /** Behind a marker of restart. */
  restart() {
    this.count = 0;
    while (this.at + 1 < this.bytes.length) {
      const marker = this.bytes[this.at + 1];
      if (this.bytes[this.at] === 0xff && marker >= 0xd0 && marker <= 0xd7) {
        this.at += 2;
        return;
      }
      if (this.bytes[this.at] === 0xff && marker !== 0 && marker !== 0xff) return;
      this.at += 1;
    }
  }
}

/** The segments before the scan. */
function readHead(bytes) {
  const head = { tables: [], dc: [], ac: [], frame: null, scan: null, interval: 0 };
  const word = (at) => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) throw new Unreadable('marker');
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) break;
    const end = at + 2 + word(at + 2);
    let from = at + 4;
    if (marker === DQT)
      while (from < end) {
        const [isWide, id] = [bytes[from] >> 4 === 1, bytes[from] & 15];
        const step = isWide ? 2 : 1;
        from += 1;
        const start = from;
        head.tables[id] = Array.from({ length: 64 }, (_, index) =>
          isWide ? word(start + index * step) : (bytes[start + index] ?? 0),
        );
        from += 64 * step;
      }
    if (marker === DHT)
      while (from < end) {
        const [kind, id] = [bytes[from] >> 4 === 1 ? 'ac' : 'dc', bytes[from] & 15];
        const counts = [...bytes.subarray(from + 1, from + 17)];
        const total = counts.reduce((sum, count) => sum + count, 0);
        head[kind][id] = codesOf(counts, bytes.subarray(from + 17, from + 17 + total));
        from += 17 + total;
      }
    if (marker === DRI) head.interval = word(from);
    if (marker === SOF1)
      head.frame = {
        ...{ precision: bytes[from], rows: word(from + 1), columns: word(from + 3) },
        ...{ components: bytes[from + 5], table: bytes[from + 8] },
      };
    else if (marker >= 0xc0 && marker <= 0xcf && ![DHT, 0xc8, 0xcc].includes(marker))
      throw new Unreadable('kind');
    if (marker === SOS) {
      head.scan = { dc: bytes[from + 2] >> 4, ac: bytes[from + 2] & 15, at: end };
      return head;
    }
    at = end;
  }
  throw new Unreadable('no scan');
}

/** One block of eight by eight, from its frequencies to its samples. */
function transformed(block, half, out) {
  for (let row = 0; row < 8; row++)
    for (let x = 0; x < 8; x++) {
      let sum = 0;
      for (let u = 0; u < 8; u++) sum += WAVES[x * 8 + u] * block[row * 8 + u];
      half[row * 8 + x] = sum;
    }
  for (let x = 0; x < 8; x++)
    for (let y = 0; y < 8; y++) {
      let sum = 0;
      for (let v = 0; v < 8; v++) sum += WAVES[y * 8 + v] * half[v * 8 + x];
      out[y * 8 + x] = sum;
    }
}

/**
 * @param {Uint8Array} bytes of a picture whose size was held against what the file says of it
 * @returns {Uint8Array} its samples, 16 bit each, the low byte first
 */
function readDeepJpeg(bytes) {
  const { tables, dc, ac, frame, scan, interval } = readHead(bytes);
  if (frame?.precision !== 12 || frame.components !== 1) throw new Unreadable('kind');
  const [quantised, dcCodes, acCodes] = [tables[frame.table], dc[scan.dc], ac[scan.ac]];
  if (!quantised || !dcCodes || !acCodes) throw new Unreadable('tables');
  const { rows, columns } = frame;
  const samples = new DataView(new ArrayBuffer(rows * columns * 2));
  const [block, half, out] = [new Float64Array(64), new Float64Array(64), new Float64Array(64)];
  const bits = new Bits(bytes, scan.at);
  const across = Math.ceil(columns / 8);
  let before = 0;
  for (let index = 0; index < across * Math.ceil(rows / 8); index++) {
    if (interval > 0 && index > 0 && index % interval === 0) {
      bits.restart();
      before = 0;
    }
    block.fill(0);
    before += bits.signed(bits.symbol(dcCodes) & 15);
    block[0] = before * quantised[0];
    for (let place = 1; place < 64; place++) {
      const symbol = bits.symbol(acCodes);
      const [run, length] = [symbol >> 4, symbol & 15];
      if (length === 0 && run < 15) break;
      place += run;
      if (length > 0 && place < 64) block[ZIGZAG[place]] = bits.signed(length) * quantised[place];
    }
    transformed(block, half, out);
    const [top, left] = [Math.floor(index / across) * 8, (index % across) * 8];
    for (let at = 0; at < 64; at++) {
      const [row, column] = [top + (at >> 3), left + (at & 7)];
      if (row >= rows || column >= columns) continue;
      const value = Math.max(0, Math.min(4095, Math.round(out[at]) + 2048));
      samples.setUint16((row * columns + column) * 2, value, true);
    }
  }
  return new Uint8Array(samples.buffer);
}

module.exports = { readDeepJpeg };
