// Read in a thread of its own (lib/pictures/thread.ts): what the head of a DICOM file says of its picture and
// of the person.
const dicom = require('dicom-parser');
const zlib = require('node:zlib');
const { measuresOf } = require('./dicom-measures.cjs');

const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const PIXELS = 'x7fe00010';
const PAPER = 'x00420011';
const PREAMBLE = 132;
const DEFLATED = '1.2.840.10008.1.2.1.99';
/** Of what a deflated file says when it is opened: pictures that need more are kept and not shown. */
const MAX_INFLATED = 64 * 1024 * 1024;
const MAX_FRAMES = 4096;
const UNKNOWN_LENGTH = 0xffffffff;

/** Names of the character sets of DICOM, as TextDecoder knows them. */
const CHARSETS = {
  'ISO_IR 192': 'utf-8',
  'ISO_IR 100': 'latin1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'iso-8859-9',
  'ISO_IR 13': 'shift_jis',
  GB18030: 'gb18030',
  GBK: 'gbk',
};

/** @param {Buffer} head @param {number} at */
const tagAt = (head, at) => head.readUInt16LE(at) * 0x10000 + head.readUInt16LE(at + 2);
/** @param {Buffer} head @param {number} at */
const hasVr = (head, at) => /^[A-Z]{2}$/.test(head.toString('latin1', at + 4, at + 6));

/**
 * With and without preamble, and without any file header at all: what a device's archive holds.
 * @param {Buffer} head
 * @returns the bytes to be read, how many of them are not in the file, and the syntax where they say none
 */
function prepared(head) {
  if (head.length < 16) return null;
  if (head.length > PREAMBLE && head.toString('latin1', 128, PREAMBLE) === 'DICM')
    return { bytes: head, shift: 0, syntax: undefined };
  const tag = tagAt(head, 0);
  if (tag === 0x00020000) {
    const bytes = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), head]);
    return { bytes, shift: PREAMBLE, syntax: undefined };
  }
  // A bare data set begins with its identifying group.
  if (tag < 0x00080000 || tag > 0x00080018) return null;
  return { bytes: head, shift: 0, syntax: hasVr(head, 0) ? EXPLICIT : IMPLICIT };
}

/** A file that is cut, or whose head is longer than what was read, still says what came before. */
function parsed({ bytes, syntax }, untilTag) {
  try {
    return dicom.parseDicom(bytes, {
      untilTag,
      ...(syntax ? { TransferSyntaxUID: syntax } : {}),
      inflater: (all, at) => {
        const rest = zlib.inflateRawSync(all.subarray(at), {
          maxOutputLength: MAX_INFLATED,
          finishFlush: zlib.constants.Z_SYNC_FLUSH,
        });
        return Buffer.concat([all.subarray(0, at), rest]);
      },
    });
  } catch (error) {
    return error?.dataSet ?? null;
  }
}

function textOf(data, tag, decoder) {
  const element = data?.elements[tag];
  if (!element || element.length < 1 || element.length > 10_000) return '';
  const bytes = data.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  // Padding, and the shifts of old character sets.
  return decoder
    .decode(bytes)
    .replace(/\p{Cc}/gu, ' ')
    .trim();
}

const itemOf = (data, tag) => data?.elements[tag]?.items?.[0]?.dataSet;
const numberOf = (data, tag) => {
  try {
    const value = data.uint16(tag);
    return Number.isInteger(value) ? value : undefined;
  } catch {
    return undefined;
  }
};
const decimalOf = (data, tag) => {
  try {
    const value = data.floatString(tag);
    return Number.isFinite(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** "RAO^ASHA^^Dr" is ASHA RAO; other ways of writing it follow after "=". */
const personName = (text) => {
  const [family = '', given = '', middle = ''] = (text.split('=')[0] ?? '').split('^');
  return [given, middle, family]
    .map((part) => part.trim())
    .filter(Boolean)
    .join(' ');
};
const isoDay = (text) => {
  const [, year, month, day] = /^(\d{4})\.?(\d{2})\.?(\d{2})/.exec(text) ?? [];
  return year ? `${year}-${month}-${day}` : '';
};

/** "101500" is 10:15. */
const clockOf = (text) => {
  const [, hours, minutes] = /^(\d{2}):?(\d{2})/.exec(text) ?? [];
  return hours ? `${hours}:${minutes}` : '';
};

/** Where the colours of a palette lie: three tables of as many entries as pixels have values. */
function paletteOf(data, shift) {
  const tables = ['x00281201', 'x00281202', 'x00281203'].map((tag) => data.elements[tag]);
  if (tables.some((one) => !one || one.length < 2)) return null;
  const described = data.elements.x00281101;
  if (described?.length !== 6) return null;
  const [entries, first, bits] = [0, 1, 2].map((index) => data.uint16('x00281101', index));
  const count = entries === 0 ? 65_536 : entries;
  const [bytes] = tables.map(({ length }) => length);
  const depth = bytes >= count * 2 ? 2 : 1;
  if (tables.some(({ length }) => length !== bytes) || bytes < count * depth) return null;
  return { count, first, bits, depth, at: tables.map(({ dataOffset }) => dataOffset - shift) };
}

/** Who and what, in the file's own words. */
function factsOf(data) {
  const charset = textOf(data, 'x00080005', new TextDecoder('latin1')).split('\\')[0] ?? '';
  const decoder = new TextDecoder(CHARSETS[charset.replace('ISO 2022 IR', 'ISO_IR')] ?? 'latin1');
  const text = (tag, from = data) => textOf(from, tag, decoder);
  const shared = itemOf(data, 'x52009229');
  const lateralities = [
    text('x00200062'),
    text('x00209072', itemOf(shared, 'x00209071')),
    text('x00240113'),
    text('x00200060'),
  ];
  const words = [
    text('x0008103e'),
    text('x00181030'),
    text('x00081030'),
    text('x00420010'),
    text('x00080104', itemOf(data, 'x00220015')),
    text('x00080104', itemOf(data, 'x00082218')),
  ];
  return {
    sopClass: text('x00080016'),
    modality: text('x00080060'),
    patient: {
      id: text('x00100020'),
      name: personName(text('x00100010')),
      birthDate: isoDay(text('x00100030')),
      sex: text('x00100040').slice(0, 1).toUpperCase(),
    },
    takenAt: [
      isoDay(text('x0008002a')) || isoDay(text('x00080023')),
      clockOf(text('x0008002a').slice(8)) || clockOf(text('x00080033')),
    ]
      .filter(Boolean)
      .join(' '),
    takenOn: isoDay(text('x0008002a')) || isoDay(text('x00080022')) || isoDay(text('x00080023')),
    laterality: lateralities.find((one) => /^[RLB]$/.test(one)) ?? '',
    device: [text('x00080070'), text('x00081090')].filter(Boolean).join(' '),
    words: words.filter(Boolean).join(', ').slice(0, 500),
  };
}

/**
 * Millimetres from one pixel to the next, down and across, where all pictures have the same. A spacing at the
 * detector is none in the eye, and is not asked for.
 */
function spacingOf(data) {
  const shared = itemOf(itemOf(data, 'x52009229'), 'x00289110');
  for (const from of [data, shared]) {
    const spacing = textOf(from, 'x00280030', new TextDecoder('latin1')).split('\\').map(Number);
    if (spacing.length === 2 && spacing.every((mm) => mm > 0 && mm < 10)) return spacing;
  }
  return null;
}

/** Where the picture lies and how it is written, as far as the file says. */
function layoutOf(data, shift, syntax) {
  const pixels = data.elements[PIXELS];
  if (!pixels) return null;
  const rows = numberOf(data, 'x00280010') ?? 0;
  const columns = numberOf(data, 'x00280011') ?? 0;
  const frames = Math.trunc(Number(textOf(data, 'x00280008', new TextDecoder('latin1')) || 1));
  const palette = paletteOf(data, shift);
  const spacing = spacingOf(data);
  const isUnknown = pixels.length === UNKNOWN_LENGTH || pixels.hadUndefinedLength === true;
  return {
    syntax,
    rows,
    columns,
    frames: Number.isFinite(frames) ? Math.max(0, Math.min(MAX_FRAMES, frames)) : 0,
    samples: numberOf(data, 'x00280002') ?? 1,
    allocated: numberOf(data, 'x00280100') ?? 8,
    stored: numberOf(data, 'x00280101') ?? numberOf(data, 'x00280100') ?? 8,
    isSigned: numberOf(data, 'x00280103') === 1,
    isPlanar: numberOf(data, 'x00280006') === 1,
    // Stored as it is: a word of the standard, and nothing that a file may hide there.
    photometric: /^[A-Z0-9_ ]{1,16}$/.exec(textOf(data, 'x00280004', new TextDecoder('latin1')))?.[0] ?? '',
    center: decimalOf(data, 'x00281050') ?? null,
    width: decimalOf(data, 'x00281051') ?? null,
    slope: decimalOf(data, 'x00281053') ?? 1,
    intercept: decimalOf(data, 'x00281052') ?? 0,
    ...(palette ? { palette } : {}),
    ...(spacing ? { spacing } : {}),
    dataAt: pixels.dataOffset - shift,
    dataBytes: isUnknown ? null : pixels.length,
  };
}

/**
 * What the head of a file says; null for anything but DICOM.
 * @param {Uint8Array} head the first megabytes
 */
function readHeader(head) {
  const file = prepared(Buffer.from(head.buffer, head.byteOffset, head.byteLength));
  const data = file && parsed(file, PAPER);
  if (!data) return null;
  const named = textOf(data, 'x00020010', new TextDecoder('latin1')) || file.syntax || IMPLICIT;
  const syntax = /^[\d.]{1,64}$/.test(named) ? named : 'unknown';
  const facts = factsOf(data);
  // Anything may begin like a data set; only one that names its class is one.
  if (!/^1\.2\.840\.\d/.test(facts.sopClass)) return null;
  const isDeflated = syntax === DEFLATED;
  const paper = data.elements[PAPER];
  if (paper && !isDeflated && paper.length !== UNKNOWN_LENGTH)
    return {
      facts,
      syntax,
      measures: [],
      paper: { at: paper.dataOffset - file.shift, bytes: paper.length },
      layout: null,
    };
  const whole = parsed(file, PIXELS);
  const layout = whole && layoutOf(whole, file.shift, syntax);
  return { facts, syntax, paper: null, layout, measures: measuresIn(whole ?? data, facts.sopClass) };
}

/** A report that is made to break its reader says nothing; the file is kept all the same. */
function measuresIn(data, sopClass) {
  try {
    return measuresOf(data, sopClass);
  } catch {
    return [];
  }
}

/**
 * A deflated file as if it had never been deflated; every other as it is. Offsets of its head are offsets of
 * this.
 * @throws for more than is opened for one picture
 */
function inflated(bytes) {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const file = prepared(all);
  if (!file || file.shift > 0) return null;
  let whole = null;
  dicom.parseDicom(all, {
    untilTag: 'x00080016',
    inflater: (_all, at) => {
      const rest = zlib.inflateRawSync(all.subarray(at), { maxOutputLength: MAX_INFLATED });
      whole = Buffer.concat([all.subarray(0, at), rest]);
      return whole;
    },
  });
  return whole;
}

module.exports = { readHeader, inflated };
