/*
 * Files of DICOM as devices write them, for tests: only what PS3.5 and PS3.10 say, and nothing of the reader
 * that is tested.
 */
import { deflateRawSync } from 'node:zlib';

export const SYNTAX = {
  implicit: '1.2.840.10008.1.2',
  explicit: '1.2.840.10008.1.2.1',
  bigEndian: '1.2.840.10008.1.2.2',
  rle: '1.2.840.10008.1.2.5',
  jpeg: '1.2.840.10008.1.2.4.50',
  lossless: '1.2.840.10008.1.2.4.70',
  jpegLs: '1.2.840.10008.1.2.4.80',
  jpeg2000: '1.2.840.10008.1.2.4.90',
  video: '1.2.840.10008.1.2.4.102',
  extended: '1.2.840.10008.1.2.4.51',
  deflated: '1.2.840.10008.1.2.1.99',
} as const;

export const SOP_CLASS = {
  photography: '1.2.840.10008.5.1.4.1.1.77.1.5.1',
  tomography: '1.2.840.10008.5.1.4.1.1.77.1.5.4',
  paper: '1.2.840.10008.5.1.4.1.1.104.1',
  lensometry: '1.2.840.10008.5.1.4.1.1.78.1',
  autorefraction: '1.2.840.10008.5.1.4.1.1.78.2',
  keratometry: '1.2.840.10008.5.1.4.1.1.78.3',
  subjective: '1.2.840.10008.5.1.4.1.1.78.4',
  acuity: '1.2.840.10008.5.1.4.1.1.78.5',
  axial: '1.2.840.10008.5.1.4.1.1.78.7',
  lensPower: '1.2.840.10008.5.1.4.1.1.78.8',
  macula: '1.2.840.10008.5.1.4.1.1.79.1',
  field: '1.2.840.10008.5.1.4.1.1.80.1',
} as const;

type Value = string | number | Buffer | Element[][];
export type Element = [tag: number, vr: string, value: Value];
const LONG = new Set(['OB', 'OW', 'SQ', 'UN', 'UT']);

const even = (bytes: Buffer, pad: number): Buffer =>
  bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from([pad])]);

function tagBytes(tag: number, isBig: boolean): Buffer {
  const bytes = Buffer.alloc(4);
  const [group, element] = [Math.floor(tag / 0x10000), tag % 0x10000];
  if (isBig) {
    bytes.writeUInt16BE(group, 0);
    bytes.writeUInt16BE(element, 2);
  } else {
    bytes.writeUInt16LE(group, 0);
    bytes.writeUInt16LE(element, 2);
  }
  return bytes;
}

function number(value: number, bytes: 2 | 4, isBig: boolean): Buffer {
  const out = Buffer.alloc(bytes);
  if (isBig) out.writeUIntBE(value, 0, bytes);
  else out.writeUIntLE(value, 0, bytes);
  return out;
}

function elementBytes([tag, vr, value]: Element, syntax: string): Buffer {
  const isBig = syntax === SYNTAX.bigEndian;
  const isImplicit = syntax === SYNTAX.implicit;
  const content = Array.isArray(value)
    ? Buffer.concat(
        value.map((item) => {
          const inner = Buffer.concat(item.map((one) => elementBytes(one, syntax)));
          return Buffer.concat([tagBytes(0xfffee000, isBig), number(inner.length, 4, isBig), inner]);
        }),
      )
    : typeof value === 'number'
      ? number(value, 2, isBig)
      : even(Buffer.isBuffer(value) ? value : Buffer.from(value), vr === 'UI' ? 0 : 0x20);
  if (isImplicit) return Buffer.concat([tagBytes(tag, isBig), number(content.length, 4, isBig), content]);
  const head = [tagBytes(tag, isBig), Buffer.from(vr)];
  const length = LONG.has(vr)
    ? [Buffer.alloc(2), number(content.length, 4, isBig)]
    : [number(content.length, 2, isBig)];
  return Buffer.concat([...head, ...length, content]);
}

/** Compressed pictures, each in `pieces` pieces, with a table of where each begins. */
function encapsulated(frames: readonly Buffer[], pieces: number): Buffer {
  const item = (content: Buffer) =>
    Buffer.concat([tagBytes(0xfffee000, false), number(content.length, 4, false), content]);
  const offsets: number[] = [];
  const items: Buffer[] = [];
  let at = 0;
  for (const frame of frames) {
    offsets.push(at);
    const whole = even(frame, 0);
    const step = Math.ceil(whole.length / pieces / 2) * 2;
    for (let from = 0; from < whole.length; from += step) {
      const one = item(whole.subarray(from, from + step));
      items.push(one);
      at += one.length;
    }
  }
  return Buffer.concat([
    item(Buffer.concat(offsets.map((offset) => number(offset, 4, false)))),
    ...items,
    tagBytes(0xfffee0dd, false),
    Buffer.alloc(4),
  ]);
}

/** Numbers of four and of eight bytes, as they stand in files of little endian. */
export const fl = (tag: number, value: number): Element => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return [tag, 'FL', bytes];
};
export const fd = (tag: number, value: number): Element => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return [tag, 'FD', bytes];
};
export const sq = (tag: number, ...items: Element[][]): Element => [tag, 'SQ', items];

/** A code with its words. */
const coded = (tag: number, meaning: string, value = 'X'): Element =>
  sq(tag, [
    [0x00080100, 'SH', value],
    [0x00080102, 'SH', '99TEST'],
    [0x00080104, 'LO', meaning],
  ]);
/** A number of a report: its name, its unit, and what stands below it. */
export const numberItem = (name: string, value: string, unit: string, below: Element[][] = []): Element[] => [
  [0x0040a040, 'CS', 'NUM'],
  coded(0x0040a043, name),
  sq(0x0040a300, [coded(0x004008ea, unit, unit), [0x0040a30a, 'DS', value]]),
  ...(below.length > 0 ? [sq(0x0040a730, ...below)] : []),
];
export const codeItem = (name: string, meaning: string): Element[] => [
  [0x0040a040, 'CS', 'CODE'],
  coded(0x0040a043, name),
  coded(0x0040a168, meaning),
];
export const groupItem = (name: string, ...below: Element[][]): Element[] => [
  [0x0040a040, 'CS', 'CONTAINER'],
  coded(0x0040a043, name),
  sq(0x0040a730, ...below),
];

export type DicomSample = {
  /** What a device has measured. */
  measured?: readonly Element[];
  /** Of PALETTE COLOR: red, green and blue of as many entries, 16 bit each. */
  palette?: { first: number; tables: [number[], number[], number[]] };
  syntax?: string;
  sopClass?: string;
  modality?: string;
  patient?: { id?: string; name?: string; birthDate?: string; sex?: string };
  takenOn?: string;
  laterality?: string;
  /** Where the eye of a tomography stands: below the groups that all frames share. */
  isSharedLaterality?: boolean;
  series?: string;
  rows?: number;
  columns?: number;
  photometric?: string;
  bits?: { allocated: 8 | 16; stored: number };
  isPlanar?: boolean;
  window?: { center: string; width: string };
  /** Each picture as the syntax writes it. */
  frames?: readonly Buffer[];
  /** Of each compressed picture. */
  pieces?: number;
  pdf?: Buffer;
  /** `none`: the file header without preamble; `bare`: no file header either. */
  preamble?: 'yes' | 'none' | 'bare';
};

const words = (values: readonly number[]): Buffer => {
  const out = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries()) out.writeUInt16LE(value, at * 2);
  return out;
};
function paletteElements(palette: DicomSample['palette']): Element[] {
  if (!palette) return [];
  const [{ length }] = palette.tables;
  const described = words([length, palette.first, 16]);
  return [
    ...[0x00281101, 0x00281102, 0x00281103].map((tag): Element => [tag, 'US', described]),
    ...palette.tables.map((table, index): Element => [0x00281201 + index, 'OW', words(table)]),
  ];
}

/** One file. */
export function dicomFile(sample: DicomSample = {}): Buffer {
  const { syntax = SYNTAX.explicit, frames = [], pdf, preamble = 'yes' } = sample;
  const { patient = {}, rows = 4, columns = 4, photometric = 'MONOCHROME2' } = sample;
  const bits = sample.bits ?? { allocated: 8, stored: 8 };
  const isCompressed = ![SYNTAX.implicit, SYNTAX.explicit, SYNTAX.bigEndian, SYNTAX.deflated].includes(
    syntax as never,
  );
  const inside = isCompressed || syntax === SYNTAX.deflated ? SYNTAX.explicit : syntax;
  const isOne = /^(MONO|PALETTE)/.test(photometric);
  const side = sample.laterality ?? '';
  const picture: Element[] =
    frames.length === 0
      ? []
      : [
          [0x00280002, 'US', isOne ? 1 : 3],
          [0x00280004, 'CS', photometric],
          ...(isOne ? [] : [[0x00280006, 'US', sample.isPlanar ? 1 : 0] as Element]),
          [0x00280008, 'IS', String(frames.length)],
          [0x00280010, 'US', rows],
          [0x00280011, 'US', columns],
          [0x00280100, 'US', bits.allocated],
          [0x00280101, 'US', bits.stored],
          [0x00280102, 'US', bits.stored - 1],
          [0x00280103, 'US', 0],
          ...(sample.window
            ? ([
                [0x00281050, 'DS', sample.window.center],
                [0x00281051, 'DS', sample.window.width],
              ] as Element[])
            : []),
          ...paletteElements(sample.palette),
        ];
  const elements: Element[] = [
    [0x00080005, 'CS', 'ISO_IR 192'],
    [0x00080016, 'UI', sample.sopClass ?? (pdf ? SOP_CLASS.paper : SOP_CLASS.photography)],
    [0x00080018, 'UI', '1.2.826.0.1.3680043.2.1'],
    [0x0008002a, 'DT', sample.takenOn ? `${sample.takenOn.replaceAll('-', '')}101500` : ''],
    [0x00080060, 'CS', sample.modality ?? 'OP'],
    [0x00080070, 'LO', 'Maker'],
    [0x0008103e, 'LO', sample.series ?? ''],
    [0x00081090, 'LO', 'Model 1'],
    [0x00100010, 'PN', patient.name ?? ''],
    [0x00100020, 'LO', patient.id ?? ''],
    [0x00100030, 'DA', (patient.birthDate ?? '').replaceAll('-', '')],
    [0x00100040, 'CS', patient.sex ?? ''],
    ...(side && !sample.isSharedLaterality ? [[0x00200062, 'CS', side] as Element] : []),
    ...picture,
    ...(sample.measured ?? []),
    ...(pdf ? [[0x00420011, 'OB', pdf] as Element] : []),
    ...(side && sample.isSharedLaterality
      ? [[0x52009229, 'SQ', [[[0x00209071, 'SQ', [[[0x00209072, 'CS', side]]]]]]] as Element]
      : []),
  ];
  elements.sort(([one], [other]) => one - other);
  const data = Buffer.concat(elements.map((element) => elementBytes(element, inside)));
  const pixels =
    frames.length === 0
      ? Buffer.alloc(0)
      : isCompressed
        ? Buffer.concat([
            tagBytes(0x7fe00010, false),
            Buffer.from('OB\0\0'),
            number(0xffffffff, 4, false),
            encapsulated(frames, sample.pieces ?? 1),
          ])
        : elementBytes([0x7fe00010, bits.allocated === 8 ? 'OB' : 'OW', Buffer.concat(frames)], inside);
  if (preamble === 'bare') return Buffer.concat([data, pixels]);
  const meta = elementBytes([0x00020010, 'UI', syntax], SYNTAX.explicit);
  const length = number(meta.length, 4, false);
  const group = Buffer.concat([tagBytes(0x00020000, false), Buffer.from('UL'), number(4, 2, false), length]);
  const set = Buffer.concat([data, pixels]);
  const file = Buffer.concat([group, meta, syntax === SYNTAX.deflated ? deflateRawSync(set) : set]);
  return preamble === 'none' ? file : Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), file]);
}

/** One picture as run lengths (PS3.5 annex G): a segment of literal runs for each sample and byte. */
export function asRle(samples: Buffer, bytesPerPixel: number): Buffer {
  const segments: Buffer[] = [];
  for (let byte = 0; byte < bytesPerPixel; byte++) {
    const plane = Buffer.from(samples.filter((_, index) => index % bytesPerPixel === byte));
    const runs: Buffer[] = [];
    for (let at = 0; at < plane.length; ) {
      let same = 1;
      while (same < 128 && plane[at + same] === plane[at]) same++;
      const length = same > 2 ? same : Math.min(128, plane.length - at, 3);
      runs.push(
        same > 2
          ? Buffer.from([257 - same, plane[at] ?? 0])
          : Buffer.concat([Buffer.from([length - 1]), plane.subarray(at, at + length)]),
      );
      at += length;
    }
    segments.push(even(Buffer.concat(runs), 0));
  }
  const head = Buffer.alloc(64);
  head.writeUInt32LE(segments.length, 0);
  let at = 64;
  for (const [index, segment] of segments.entries()) {
    head.writeUInt32LE(at, 4 + index * 4);
    at += segment.length;
  }
  return Buffer.concat([head, ...segments]);
}

/** Grey of 8 bit as a lossless JPEG (ITU T.81, SOF3, the pixel to the left predicts). */
export function asLosslessJpeg(samples: Buffer, rows: number, columns: number): Buffer {
  let bits = '';
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const before = x > 0 ? samples[y * columns + x - 1] : y > 0 ? samples[(y - 1) * columns] : 128;
      const difference = (samples[y * columns + x] ?? 0) - (before ?? 0);
      const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
      const value = difference < 0 ? difference + 2 ** size - 1 : difference;
      // Codes of four bits, in the order of sizes.
      bits += size.toString(2).padStart(4, '0') + (size > 0 ? value.toString(2).padStart(size, '0') : '');
    }
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const scan: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = Number.parseInt(bits.slice(at, at + 8), 2);
    scan.push(byte, ...(byte === 0xff ? [0] : []));
  }
  const word = (value: number) => [value >> 8, value & 255];
  const sizes = Array.from({ length: 10 }, (_, size) => size);
  return Buffer.from([
    ...[0xff, 0xd8, 0xff, 0xc3, ...word(11), 8, ...word(rows), ...word(columns), 1, 1, 0x11, 0],
    ...[0xff, 0xc4, ...word(19 + sizes.length), 0, 0, 0, 0, sizes.length, ...Array(12).fill(0), ...sizes],
    ...[0xff, 0xda, ...word(8), 1, 1, 0, 1, 0, 0, ...scan, 0xff, 0xd9],
  ]);
}

const ORDER = Array.from({ length: 64 }, (_, at) => at).sort((a, b) => {
  const [x, y] = [(a & 7) + (a >> 3), (b & 7) + (b >> 3)];
  if (x !== y) return x - y;
  return x % 2 === 0 ? (b >> 3) - (a >> 3) : (a >> 3) - (b >> 3);
});

/** A grey picture of 12 bit as an extended sequential JPEG (ITU-T T.81), with codes of one length each. */
export function as12BitJpeg(samples: Uint16Array, rows: number, columns: number, interval = 0): Buffer {
  const bytes: number[] = [];
  let [held, count] = [0, 0];
  const put = (value: number, length: number) => {
    for (let bit = length - 1; bit >= 0; bit--) {
      held = (held << 1) | ((value >> bit) & 1);
      if (++count < 8) continue;
      bytes.push(held);
      if (held === 0xff) bytes.push(0);
      [held, count] = [0, 0];
    }
  };
  const flush = () => {
    while (count > 0) put(1, 1);
  };
  const lengthOf = (value: number) => (value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1);
  const value = (one: number) => put(one < 0 ? one + 2 ** lengthOf(one) - 1 : one, lengthOf(one));
  const acSymbols = Array.from({ length: 16 * 16 }, (_, symbol) => symbol).filter(
    (symbol) => (symbol & 15) < 15 && ((symbol & 15) > 0 || symbol === 0 || symbol === 0xf0),
  );
  const across = Math.ceil(columns / 8);
  let before = 0;
  for (let index = 0; index < across * Math.ceil(rows / 8); index++) {
    if (interval > 0 && index > 0 && index % interval === 0) {
      flush();
      bytes.push(0xff, 0xd0 + ((index / interval - 1) % 8));
      before = 0;
    }
    const [top, left] = [Math.floor(index / across) * 8, (index % across) * 8];
    const at = (x: number, y: number) =>
      (samples[Math.min(rows - 1, top + y) * columns + Math.min(columns - 1, left + x)] ?? 0) - 2048;
    const waves = ORDER.map((place) => {
      const [u, v] = [place & 7, place >> 3];
      let sum = 0;
      for (let y = 0; y < 8; y++)
        for (let x = 0; x < 8; x++)
          sum +=
            at(x, y) *
            Math.cos(((2 * x + 1) * u * Math.PI) / 16) *
            Math.cos(((2 * y + 1) * v * Math.PI) / 16);
      return Math.round((sum / 4) * (u === 0 ? Math.SQRT1_2 : 1) * (v === 0 ? Math.SQRT1_2 : 1));
    });
    const [dc = 0, ...ac] = waves;
    put(lengthOf(dc - before), 5);
    value(dc - before);
    before = dc;
    let run = 0;
    for (const one of ac) {
      if (one === 0) {
        run++;
        continue;
      }
      for (; run > 15; run -= 16) put(acSymbols.indexOf(0xf0), 8);
      put(acSymbols.indexOf(run * 16 + lengthOf(one)), 8);
      value(one);
      run = 0;
    }
    if (run > 0) put(acSymbols.indexOf(0), 8);
  }
  flush();
  const counts = (length: number, total: number) =>
    Array.from({ length: 16 }, (_, at) => (at === length - 1 ? total : 0));
  const segment = (marker: number, content: readonly number[]) => [
    ...[0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255],
    ...content,
  ];
  const dcSymbols = Array.from({ length: 16 }, (_, at) => at);
  return Buffer.from([
    ...[0xff, 0xd8],
    ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)]),
    ...segment(0xc1, [12, rows >> 8, rows & 255, columns >> 8, columns & 255, 1, 1, 0x11, 0]),
    ...segment(0xc4, [0x00, ...counts(5, 16), ...dcSymbols]),
    ...segment(0xc4, [0x10, ...counts(8, acSymbols.length), ...acSymbols]),
    ...(interval > 0 ? segment(0xdd, [interval >> 8, interval & 255]) : []),
    ...segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    ...bytes,
    ...[0xff, 0xd9],
  ]);
}
