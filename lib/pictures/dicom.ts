import 'server-only';
import type { Source } from '../source';

/** Whose a DICOM file is and what it shows, in its own words. Texts are empty where it says nothing. */
export type DicomFacts = {
  sopClass: string;
  modality: string;
  patient: { id: string; name: string; birthDate: string; sex: string };
  takenOn: string;
  /** Day and time, as the device's clock said. */
  takenAt: string;
  laterality: string;
  device: string;
  words: string;
};

/** How the pictures of a file are written. Offsets and lengths in bytes of the file. */
export type DicomLayout = {
  syntax: string;
  rows: number;
  columns: number;
  frames: number;
  samples: number;
  allocated: number;
  stored: number;
  isSigned: boolean;
  isPlanar: boolean;
  photometric: string;
  center: number | null;
  width: number | null;
  slope: number;
  intercept: number;
  /** Colours by a table, and where its three columns lie in the file. */
  palette?: { count: number; first: number; bits: number; depth: number; at: number[] };
  /** Millimetres from one pixel to the next, down and across; absent where nobody has calibrated them. */
  spacing?: [down: number, across: number];
  dataAt: number;
  /** Null where the pictures are compressed, each in pieces of its own. */
  dataBytes: number | null;
};

type Meridian = { power: number; radius?: number; axis?: number };
/** What a device has measured; an eye is null where the file does not say which. */
export type DicomMeasure =
  | {
      what: 'acuity';
      eye: 'right' | 'left' | 'both';
      method: 'unaided' | 'glasses' | 'contact' | 'pinhole' | 'refraction';
      decimal: number;
      /** Read beyond that line, or not read of it. */
      letters: number;
    }
  /** Said, and not for anybody to take over. */
  | { what: 'shown'; eye: 'right' | 'left' | 'both' | null; of: string; text: string }
  | OfEye;
type OfEye = { eye: 'right' | 'left' | null } & (
  | {
      what: 'lens';
      set: 'own' | 'auto' | 'subjective';
      values: { sphere: number; cylinder?: number; axis?: number; add?: number; vertex?: number };
    }
  | { what: 'keratometry'; flat: Meridian; steep: Meridian }
  /** By the boxes of an examination's tests. */
  | { what: 'tests'; values: Record<string, number> }
  /** Of several, none was chosen. */
  | { what: 'several'; of: string }
);

export type DicomHeader = {
  facts: DicomFacts;
  measures: DicomMeasure[];
  syntax: string;
  /** A PDF within the file. */
  paper: { at: number; bytes: number } | null;
  layout: DicomLayout | null;
};

/** Where each picture lies: offset, length, and again for each further piece of the same picture. */
export type FramePieces = number[][];

const MAX_SIDE = 16_384;
const MAX_PIXELS = 64_000_000;
const MAX_FRAGMENTS = 16_384;
const RAW = new Set([
  '1.2.840.10008.1.2',
  '1.2.840.10008.1.2.1',
  '1.2.840.10008.1.2.2',
  '1.2.840.10008.1.2.1.99',
]);
const COMPRESSED: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2.5': 'RLE',
  '1.2.840.10008.1.2.4.50': 'JPEG',
  '1.2.840.10008.1.2.4.51': 'JPEG, extended',
  '1.2.840.10008.1.2.4.57': 'JPEG, lossless',
  '1.2.840.10008.1.2.4.70': 'JPEG, lossless',
  '1.2.840.10008.1.2.4.80': 'JPEG-LS',
  '1.2.840.10008.1.2.4.81': 'JPEG-LS',
  '1.2.840.10008.1.2.4.90': 'JPEG 2000',
  '1.2.840.10008.1.2.4.91': 'JPEG 2000',
};
/** Read by the readers of photographs, which know their own size and colours. */
const PHOTOGRAPHS = new Set(['1.2.840.10008.1.2.4.50', '1.2.840.10008.1.2.4.51']);
export const isPhotograph = ({ syntax, allocated }: DicomLayout): boolean =>
  PHOTOGRAPHS.has(syntax) && allocated === 8;
/** Of its pictures those of 12 bit are no photographs; a reader of our own knows the grey ones. */
const EXTENDED = '1.2.840.10008.1.2.4.51';

const CANNOT = 'It is kept as it is and can be downloaded.';

/** Why pictures written like this cannot be shown, as a sentence; null where they can. */
export function unshownBecause(syntax: string, layout: DicomLayout | null): string | null {
  if (!RAW.has(syntax) && !COMPRESSED[syntax])
    return `Its pictures are compressed in a way that cannot be shown here (${syntax.slice(0, 64)}). ${CANNOT}`;
  if (!layout) return `There is no picture in it. ${CANNOT}`;
  const { rows, columns, samples, allocated, stored, photometric } = layout;
  if (rows < 1 || columns < 1 || layout.frames < 1) return `There is no picture in it. ${CANNOT}`;
  if (rows > MAX_SIDE || columns > MAX_SIDE || rows * columns > MAX_PIXELS)
    return `Its pictures are too large to be shown here. ${CANNOT}`;
  const isGrey = samples === 1 && /^MONOCHROME[12]$/.test(photometric) && [8, 16].includes(allocated);
  const isPalette =
    samples === 1 &&
    photometric === 'PALETTE COLOR' &&
    layout.palette !== undefined &&
    [8, 16].includes(allocated);
  const isColour = samples === 3 && allocated === 8 && /^(RGB|YBR_(FULL|RCT|ICT))$/.test(photometric);
  if (isPhotograph(layout) && (samples === 1 || samples === 3)) return null;
  const isDeep = layout.syntax === EXTENDED && isGrey && stored <= 12;
  const isRead = isDeep || !PHOTOGRAPHS.has(layout.syntax);
  if ((isGrey || isColour || isPalette) && stored > 0 && stored <= allocated && isRead) return null;
  if (PHOTOGRAPHS.has(layout.syntax))
    return `Its pictures are JPEG of ${stored} bit, which nothing here can read. ${CANNOT}`;
  return `Its colours are written in a way that cannot be shown here (${photometric.slice(0, 32)}). ${CANNOT}`;
}

/** Where each picture lies; null when the file does not hold what it says. */
export async function framePieces(source: Source, layout: DicomLayout): Promise<FramePieces | null> {
  const { rows, columns, samples, allocated, frames, dataAt } = layout;
  if (RAW.has(layout.syntax)) {
    const bytes = rows * columns * samples * (allocated / 8);
    const available = Math.min(layout.dataBytes ?? 0, source.sizeBytes - dataAt);
    const whole = Math.min(frames, Math.floor(available / bytes));
    if (whole < 1) return null;
    return Array.from({ length: whole }, (_, index) => [dataAt + index * bytes, bytes]);
  }
  const items = await fragments(source, dataAt);
  if (!items) return null;
  const { offsets, pieces } = items;
  if (frames === 1) return pieces.length > 0 ? [pieces.flatMap(({ at, length }) => [at, length])] : null;
  if (pieces.length === frames) return pieces.map(({ at, length }) => [at, length]);
  // Several pieces a picture: the file's own table says which of them begin one.
  const [first] = pieces;
  if (!first || offsets.length !== frames) return null;
  const starts = new Set(offsets.map((offset) => first.at - 8 + offset));
  const all: FramePieces = [];
  for (const { at, length } of pieces) {
    if (starts.has(at - 8)) all.push([]);
    all.at(-1)?.push(at, length);
  }
  return all.length === frames ? all : null;
}

const ITEM = 0xfffee000;

/** The pieces of compressed pictures, and the table before them. Ends where the file ends, wherever cut. */
async function fragments(source: Source, dataAt: number) {
  const pieces: { at: number; length: number }[] = [];
  let offsets: number[] = [];
  let at = dataAt;
  for (let count = 0; count < MAX_FRAGMENTS && at + 8 <= source.sizeBytes; count++) {
    const head = await source.read(at, 8);
    if (head.length < 8) break;
    const tag = head.readUInt16LE(0) * 0x10000 + head.readUInt16LE(2);
    const length = head.readUInt32LE(4);
    if (tag !== ITEM) break;
    if (at + 8 + length > source.sizeBytes) return null;
    if (count > 0) pieces.push({ at: at + 8, length });
    else {
      const table = await source.read(at + 8, Math.min(length, MAX_FRAGMENTS * 4));
      offsets = Array.from({ length: Math.floor(table.length / 4) }, (_, index) =>
        table.readUInt32LE(index * 4),
      );
    }
    at += 8 + length;
  }
  return { offsets, pieces };
}

/** All bytes of one picture. */
export async function readFrame(source: Source, pieces: readonly number[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let index = 0; index + 1 < pieces.length; index += 2)
    parts.push(await source.read(pieces[index] ?? 0, pieces[index + 1] ?? 0));
  const [only] = parts;
  return parts.length === 1 && only ? only : Buffer.concat(parts);
}
