import { bodyOf, readUpload } from '@/lib/upload';
import { type AttachmentInput, attachmentInput } from './schema';

/** What an upload says of its file, and its bytes. @throws AppError INVALID_INPUT */
export const readAttachment = (
  request: Request,
): { input: AttachmentInput; body: AsyncIterable<Uint8Array> } => ({
  input: readUpload(request, attachmentInput),
  body: bodyOf(request),
});
