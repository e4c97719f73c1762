import 'server-only';
import { fileTypeFromBuffer } from 'file-type';
import { AppError, isAppError } from '@/lib/errors';
import { drawSquare } from '@/lib/pictures/thread';
import { bufferSource, piecesOf } from '@/lib/source';
import { isFromPhone } from './policy';
import type { UploadFacts } from './schema';

const invalid = (sentence: string): AppError => new AppError('INVALID_INPUT', sentence);

const TIFF = [Buffer.from('II*\0'), Buffer.from('MM\0*')];

/** Reads exactly as many bytes as were announced; stops at the first one too many. */
export async function readContent(body: AsyncIterable<Uint8Array>, sizeBytes: number): Promise<Buffer> {
  const content = Buffer.alloc(sizeBytes);
  let length = 0;
  const partial = 'The file did not arrive whole. Please upload it again.';
  try {
    for await (const part of body) {
      if (length + part.length > sizeBytes) throw invalid('The file is larger than was announced.');
      content.set(part, length);
      length += part.length;
    }
  } catch (error) {
    // The connection ended: nobody is left to read this.
    throw isAppError(error) ? error : invalid(partial);
  }
  if (length < sizeBytes) throw invalid(partial);
  return content;
}

/** What a content is by its first bytes; undefined for what has no mark of its own, such as text. */
export async function foundType(content: Buffer): Promise<string | undefined> {
  // A malformed file makes the reader throw: then it is none that we know.
  const found = await fileTypeFromBuffer(content).catch(() => undefined);
  // A TIFF names its tags where it likes, also behind what was read.
  if (!found && TIFF.some((mark) => content.subarray(0, 4).equals(mark))) return 'image/tiff';
  return found?.mime === 'image/heif' ? 'image/heic' : found?.mime;
}

type Sent = { input: UploadFacts; body: AsyncIterable<Uint8Array> };

/**
 * An upload as it is to be stored. The photo of a patient as a phone writes it is made into the square that a
 * banner shows; everything else stays as it came.
 * @throws AppError INVALID_INPUT where it cannot be read as a photo.
 */
export async function withSquare(input: UploadFacts, body: Sent['body']): Promise<Sent> {
  if (input.as !== 'portrait' || !isFromPhone(input)) return { input, body };
  const content = await readContent(body, input.sizeBytes);
  const isPhoto = (await foundType(content)) === 'image/heic';
  const square = isPhoto ? await drawSquare({ bytes: content, type: 'image/heic' }) : null;
  if (!square) throw invalid('This photo cannot be read. Choose another one.');
  const photo = { name: 'photo.jpg', claimedType: 'image/jpeg', sizeBytes: square.length };
  return { input: { ...input, ...photo }, body: piecesOf(bufferSource(Buffer.from(square)), square.length) };
}
