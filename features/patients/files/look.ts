import 'server-only';
import {
  type DicomHeader,
  type DicomLayout,
  type FramePieces,
  framePieces,
  isPhotograph,
  readFrame,
  unshownBecause,
} from '@/lib/pictures/dicom';
import { countPages, drawForWeb, drawSmall, inflateDicom } from '@/lib/pictures/thread';
import { bufferSource, type Source } from '@/lib/source';
import { foundType } from './content';
import { filmSeconds } from './film';
import { type FileType, isImage, isWebImage, type Scale } from './policy';

/** As much of a file as is read to say what it is. */
export const HEAD_BYTES = 8 * 1024 * 1024;
/** A picture of more bytes is kept and not drawn. */
const MAX_PICTURE_BYTES = 64 * 1024 * 1024;

/** What we found in a file when it came: kept beside it, so that showing it reads no more than it needs. */
export type Look = {
  hasSmall: boolean;
  frames: number;
  /** Why it cannot be shown. */
  unshown?: string;
  layout?: DicomLayout;
  pieces?: FramePieces;
  /** Of a film. */
  seconds?: number;
  /** Where the device says how large a pixel is. */
  scale?: Scale;
  /** How many values of a device can be read out of it. */
  measures?: number;
  /** Where a PDF lies within it. */
  paper?: { at: number; bytes: number };
};

/** With the pictures made of it, which are stored beside it. */
export type Looked = { look: Look; small: Uint8Array | null; web: Uint8Array | null };

const NOT_SHOWN = 'It cannot be shown here. It is kept as it is and can be downloaded.';
const nothing = (unshown?: string): Looked => ({
  look: { hasSmall: false, frames: 0, ...(unshown ? { unshown } : {}) },
  small: null,
  web: null,
});

/** As the browser that sends a film has drawn it. */
export const STILL_MAX_BYTES = 256 * 1024;

/**
 * Looks at a file that is about to be stored. What cannot be drawn is kept all the same, and says so.
 * @param still a picture out of a film (JPEG): nothing here opens one
 */
export async function lookAt(
  source: Source,
  type: FileType,
  header: DicomHeader | null,
  still?: Buffer,
): Promise<Looked> {
  if (type === 'application/dicom') return lookAtDicom(source, header);
  if (type === 'video/mp4') {
    const seconds = await filmSeconds(source);
    const small = await smallOfStill(still);
    return {
      look: { hasSmall: small !== null, frames: 0, ...(seconds ? { seconds } : {}) },
      small,
      web: null,
    };
  }
  if (type === 'application/pdf') {
    const small = await smallOfPaper(source, { at: 0, bytes: source.sizeBytes });
    return { look: { hasSmall: small !== null, frames: 0 }, small, web: null };
  }
  if (!isImage(type)) return nothing();
  if (source.sizeBytes > MAX_PICTURE_BYTES) return isWebImage(type) ? plain(null) : nothing(NOT_SHOWN);
  const bytes = await source.read(0, source.sizeBytes);
  if (isWebImage(type)) return plain(await drawSmall({ bytes, type }));
  const web = await drawForWeb({ bytes, type });
  if (!web) return nothing(NOT_SHOWN);
  const pages = type === 'image/tiff' ? ((await countPages(bytes)) ?? 1) : 1;
  const small = await drawSmall({ bytes: web, type: 'image/jpeg' });
  return { look: { hasSmall: small !== null, frames: pages }, small, web };
}

const plain = (small: Uint8Array | null): Looked => ({
  look: { hasSmall: small !== null, frames: 1 },
  small,
  web: null,
});

async function smallOfStill(still: Buffer | undefined): Promise<Uint8Array | null> {
  if (!still || (await foundType(still)) !== 'image/jpeg') return null;
  return drawSmall({ bytes: still, type: 'image/jpeg' });
}

async function smallOfPaper(source: Source, { at, bytes }: { at: number; bytes: number }) {
  if (bytes > MAX_PICTURE_BYTES) return null;
  return drawSmall({ bytes: await source.read(at, bytes), type: 'application/pdf' });
}

/**
 * The small picture of a stored file, made once more; null where only what sent the file could draw it.
 */
export async function drawSmallOf(
  source: Source,
  { type, look }: { type: FileType; look: Look },
): Promise<Uint8Array | null> {
  if (type === 'application/pdf') return smallOfPaper(source, { at: 0, bytes: source.sizeBytes });
  if (look.paper) return smallOfPaper(source, look.paper);
  if (isWebImage(type)) return drawSmall({ bytes: await source.read(0, source.sizeBytes), type });
  const middle = type === 'application/dicom' ? Math.floor(look.frames / 2) : 0;
  const web = await drawFrame(source, { type, look }, middle);
  return web && drawSmall({ bytes: web, type: 'image/jpeg' });
}

async function lookAtDicom(source: Source, header: DicomHeader | null): Promise<Looked> {
  if (!header) return nothing(NOT_SHOWN);
  const { paper, layout, syntax } = header;
  if (paper) {
    const start = await source.read(paper.at, 5);
    const isWhole = paper.at + paper.bytes <= source.sizeBytes && start.toString('latin1') === '%PDF-';
    if (!isWhole) return nothing(NOT_SHOWN);
    const small = await smallOfPaper(source, paper);
    return { look: { hasSmall: small !== null, frames: 0, paper }, small, web: null };
  }
  const measures = header.measures.filter(({ what }) => what !== 'several' && what !== 'shown').length;
  const unpictured = (unshown: string): Looked => ({
    ...nothing(unshown),
    look: { hasSmall: false, frames: 0, unshown, ...(measures > 0 ? { measures } : {}) },
  });
  const unshown = unshownBecause(syntax, layout);
  if (unshown || !layout) return unpictured(unshown ?? NOT_SHOWN);
  const plain = await undeflated(source, layout);
  const pieces = plain && (await framePieces(plain, layout));
  if (!pieces) return unpictured(NOT_SHOWN);
  const look = {
    ...{ hasSmall: true, frames: pieces.length, layout, pieces },
    ...(layout.spacing ? { scale: scaleOf(layout, layout.spacing) } : {}),
    ...(measures > 0 ? { measures } : {}),
  };
  const drawing = await frameOf(source, look, Math.floor(pieces.length / 2));
  const small = drawing && (await drawSmall(drawing));
  return small ? { look, small, web: null } : unpictured(NOT_SHOWN);
}

const scaleOf = ({ rows, columns }: DicomLayout, [down, across]: readonly [number, number]): Scale => ({
  widthMm: columns * across,
  heightMm: rows * down,
});

const DEFLATED = '1.2.840.10008.1.2.1.99';

/** Of a deflated file nothing can be read from its middle: it is opened whole. Null for one too large. */
async function undeflated(source: Source, { syntax }: DicomLayout): Promise<Source | null> {
  if (syntax !== DEFLATED) return source;
  if (source.sizeBytes > MAX_PICTURE_BYTES) return null;
  const bytes = await inflateDicom(await source.read(0, source.sizeBytes));
  return bytes && bufferSource(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

async function frameOf(stored: Source, { layout, pieces }: Look, frame: number) {
  const place = pieces?.[frame];
  if (!layout || !place) return null;
  const source = await undeflated(stored, layout);
  if (!source) return null;
  const length = place.reduce((sum, value, index) => (index % 2 === 1 ? sum + value : sum), 0);
  if (length > MAX_PICTURE_BYTES) return null;
  const bytes = await readFrame(source, place);
  if (isPhotograph(layout)) return { bytes, type: 'image/jpeg' };
  const { palette } = layout;
  const tables =
    palette &&
    (await readFrame(
      source,
      palette.at.flatMap((at) => [at, palette.count * palette.depth]),
    ));
  return { bytes, type: 'application/dicom', layout, ...(tables ? { tables } : {}) };
}

/** Draws one picture of a file as a JPEG; null when it has no such one, or it cannot be drawn. */
export async function drawFrame(
  source: Source,
  { type, look }: { type: FileType; look: Look },
  frame: number,
): Promise<Uint8Array | null> {
  if (frame < 0 || frame >= look.frames) return null;
  if (type === 'application/dicom') {
    const drawing = await frameOf(source, look, frame);
    return drawing && drawForWeb(drawing);
  }
  return drawForWeb({ bytes: await source.read(0, source.sizeBytes), type, page: frame });
}
