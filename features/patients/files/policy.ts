import { formatBytes } from '@/lib/money';

/** What may be kept, each known by its content. Nothing that a browser would run. */
export const FILE_TYPES = {
  'application/pdf': { name: 'PDF', extensions: ['pdf'] },
  'image/jpeg': { name: 'JPEG image', extensions: ['jpg', 'jpeg', 'jpe', 'jfif'] },
  'image/png': { name: 'PNG image', extensions: ['png'] },
  'image/webp': { name: 'WebP image', extensions: ['webp'] },
  'image/tiff': { name: 'TIFF image', extensions: ['tif', 'tiff'] },
  'image/heic': { name: 'HEIC image', extensions: ['heic', 'heif'] },
  'image/bmp': { name: 'BMP image', extensions: ['bmp', 'dib'] },
  'video/mp4': { name: 'MP4 film', extensions: ['mp4', 'm4v'] },
  // Archives of devices name them by a number, or without any ending.
  'application/dicom': {
    name: 'DICOM file',
    extensions: ['dcm', 'dicom', 'dic', 'ima'],
    isOftenUnnamed: true,
  },
} as const;
export type FileType = keyof typeof FILE_TYPES;
export const FILE_TYPE_IDS = Object.keys(FILE_TYPES) as [FileType, ...FileType[]];

/** What a document is of. Those of before say none: they are "other". */
export const DOCUMENT_KINDS = {
  'oct-macula': 'OCT, macula',
  'oct-disc': 'OCT, disc',
  field: 'Visual field',
  fundus: 'Fundus photo',
  angiography: 'Angiography',
  'slit-lamp': 'Slit-lamp photo',
  'b-scan': 'B-scan',
  biometry: 'Biometry',
  pachymetry: 'Pachymetry',
  topography: 'Topography',
  specular: 'Specular microscopy',
  report: 'Report',
  consent: 'Consent',
  letter: 'Letter',
  identity: 'Identity or insurance paper',
  other: 'Other',
} as const;
export type DocumentKind = keyof typeof DOCUMENT_KINDS;
export const DOCUMENT_KIND_IDS = Object.keys(DOCUMENT_KINDS) as [DocumentKind, ...DocumentKind[]];

/** Which eye a document shows; without one it is of none, or nobody has said. */
export const DOCUMENT_EYES = { right: 'Right eye', left: 'Left eye', both: 'Both eyes' } as const;
export type DocumentEye = keyof typeof DOCUMENT_EYES;
export const DOCUMENT_EYE_IDS = Object.keys(DOCUMENT_EYES) as [DocumentEye, ...DocumentEye[]];

export const FILE_MAX_BYTES = 200 * 1024 * 1024;
/** A larger file comes in parts of this size, the last one smaller, each stored and sealed for itself. */
export const PART_BYTES = 4 * 1024 * 1024;
/** The middleware and next.config.mjs let as much pass for a file in one request. */
export const ONE_REQUEST_MAX_BYTES = 20 * 1024 * 1024;
/** How many parts a file of this size comes in. */
export const partsOf = (sizeBytes: number): number => Math.ceil(sizeBytes / PART_BYTES);
export const partBytes = (sizeBytes: number, part: number): number =>
  Math.min(PART_BYTES, sizeBytes - part * PART_BYTES);
export const FILES_PER_SUBJECT = 200;
const allowedUpTo = (bytes: number): string =>
  `A document can be a PDF, a picture (JPEG, PNG, WebP, TIFF, HEIC or BMP), an MP4 film or a DICOM file, of at most ${formatBytes(bytes)}.`;
export const ALLOWED_SENTENCE = allowedUpTo(FILE_MAX_BYTES);

/** What browsers say of a file that they do not know. */
const UNKNOWN_CLAIMS: ReadonlySet<string> = new Set(['', 'application/octet-stream']);
const ALIASES: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/heif': 'image/heic',
  'image/x-ms-bmp': 'image/bmp',
  'image/x-bmp': 'image/bmp',
  'video/x-m4v': 'video/mp4',
};

const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

type Judged = { name: string; claimedType: string; foundType: string | undefined };
type Kinds<T extends string> = Readonly<
  Record<T, { name: string; extensions: readonly string[]; isOftenUnnamed?: boolean }>
>;

/**
 * Judges files by a table of what may be kept: the type of a file whose content, claimed type and name agree;
 * otherwise the sentence that says what does not.
 */
export function judgeBy<T extends string>(kinds: Kinds<T>, allowed: string) {
  const isKept = (type: string): type is T => Object.hasOwn(kinds, type);
  return (file: Judged): { type: T } | { problem: string } => {
    const { foundType = '' } = file;
    if (!isKept(foundType)) return { problem: `We cannot keep ${file.name}. ${allowed}` };
    const { name, extensions, isOftenUnnamed = false } = kinds[foundType];
    const ending = extensionOf(file.name);
    const others = Object.values<Kinds<T>[T]>(kinds).flatMap((kind) => kind.extensions);
    const isNamed = extensions.includes(ending) || (isOftenUnnamed && !others.includes(ending));
    const claim = file.claimedType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
    const isClaimed = UNKNOWN_CLAIMS.has(claim) || (ALIASES[claim] ?? claim) === foundType;
    if (isClaimed && isNamed) return { type: foundType };
    return {
      problem: `${file.name} is not what its name says: its content is a ${name}. Give it a name that ends in .${extensions[0]} and upload it again.`,
    };
  };
}
export const judgeFile = judgeBy<FileType>(FILE_TYPES, ALLOWED_SENTENCE);
/**
 * What a paper of a claim may be: nobody who writes claims is asked whose a file of a device is.
 */
const { 'application/dicom': _ofDevices, ...papers } = FILE_TYPES;
export const PAPER_TYPES = papers;
/** Of what comes in one request alone. */
export const judgePaper = judgeBy<keyof typeof PAPER_TYPES>(
  PAPER_TYPES,
  `A paper of a claim can be a PDF, a picture (JPEG, PNG, WebP, TIFF, HEIC or BMP) or an MP4 film, of at most ${formatBytes(ONE_REQUEST_MAX_BYTES)}. A DICOM file is kept among the documents of the patient.`,
);

type Shown = {
  id: string;
  /** How many pictures it can be shown as. */
  frames: number;
  kind: DocumentKind;
  eye: DocumentEye | null;
  /** The day it was taken; where nobody has said, the day it came. */
  day: string;
};

/**
 * What an image is best laid beside: the newest of the same kind and eye from an earlier day, else the other
 * eye of the same kind and nearest day, else nothing.
 */
export function counterpartOf<T extends Shown>(one: T, all: readonly T[]): T | undefined {
  const others = all.filter(({ id, frames, kind }) => id !== one.id && frames > 0 && kind === one.kind);
  const before = others
    .filter(({ eye, day }) => eye === one.eye && day < one.day)
    .sort((a, b) => b.day.localeCompare(a.day))[0];
  if (before) return before;
  const distance = ({ day }: T) => Math.abs(Date.parse(day) - Date.parse(one.day));
  return others
    .filter(({ eye }) => one.eye !== null && eye !== null && eye !== one.eye)
    .sort((a, b) => distance(a) - distance(b))[0];
}

/** Of a photo as phones write it: browsers other than Safari cannot make it small before it is sent. */
export const isFromPhone = ({ name, claimedType }: Pick<Judged, 'name' | 'claimedType'>): boolean =>
  /^image\/hei[cf]$/i.test(claimedType) || ['heic', 'heif'].includes(extensionOf(name));

/** A small square, made small before it is sent. */
export const PORTRAIT_MAX_BYTES = 512 * 1024;

/** What every browser shows by itself; other pictures are drawn for it. */
const WEB_IMAGES: ReadonlySet<FileType> = new Set(['image/jpeg', 'image/png', 'image/webp']);
export const isWebImage = (type: FileType): boolean => WEB_IMAGES.has(type);
export const isImage = (type: FileType): boolean => type.startsWith('image/');

/** How large what a picture shows is, in the eye. */
export type Scale = { widthMm: number; heightMm: number };
/** A place in a picture, in parts of its width and height. */
export type PicturePoint = { x: number; y: number };

/** "1.25 mm", "340 µm": how far two places of a picture are from each other. */
export function lengthBetween({ widthMm, heightMm }: Scale, from: PicturePoint, to: PicturePoint): string {
  const mm = Math.hypot((to.x - from.x) * widthMm, (to.y - from.y) * heightMm);
  return mm < 1 ? `${Math.round(mm * 1_000)} µm` : `${mm.toFixed(2)} mm`;
}

type Deleter = { mayDeleteAny: boolean; userId: string };

/** The person who uploaded it, and those whose role deletes documents of others. */
export const canDeleteFile = (who: Deleter, file: { uploadedById: string }): boolean =>
  who.mayDeleteAny || who.userId === file.uploadedById;
