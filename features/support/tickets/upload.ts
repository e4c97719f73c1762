import { uploadedName } from '@/lib/download';
import { AppError } from '@/lib/errors';
import { type AttachmentInput, attachmentInput } from './schema';

async function* noBody(): AsyncGenerator<Uint8Array> {}

/** What an upload says of its file, and its bytes. @throws AppError INVALID_INPUT */
export function readAttachment(request: Request): {
  input: AttachmentInput;
  body: AsyncIterable<Uint8Array>;
} {
  const input = attachmentInput.safeParse({
    name: uploadedName(request),
    claimedType: request.headers.get('content-type') ?? '',
    sizeBytes: request.headers.get('x-file-size') ?? '',
  });
  if (!input.success)
    throw new AppError('INVALID_INPUT', input.error.issues[0]?.message ?? 'The file could not be read.');
  return { input: input.data, body: request.body ?? noBody() };
}
