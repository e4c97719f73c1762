import type { z } from 'zod';
import { AppError } from './errors';

async function* noBody(): AsyncGenerator<Uint8Array> {}

/** What a request brings, as it comes. */
export const bodyOf = (request: Request): AsyncIterable<Uint8Array> => request.body ?? noBody();

/**
 * The name of an uploaded file from its header: `%`-encoded there, because a header does not take other
 * letters. It is not in the address: addresses are logged, and names of files tell about people.
 */
function uploadedName(request: Request): string {
  try {
    return decodeURIComponent(request.headers.get('x-file-name') ?? '');
  } catch {
    return '';
  }
}

/**
 * What is said of a file whose content is the body of a request.
 * @param facts what its address says of it
 * @throws AppError INVALID_INPUT with the first sentence about what is wrong.
 */
export function readUpload<S extends z.ZodType>(
  request: Request,
  schema: S,
  facts: Record<string, string> = {},
): z.output<S> {
  const input = schema.safeParse({
    ...facts,
    name: uploadedName(request),
    claimedType: request.headers.get('content-type') ?? '',
    sizeBytes: request.headers.get('x-file-size') ?? '',
  });
  if (input.success) return input.data;
  throw new AppError('INVALID_INPUT', input.error.issues[0]?.message ?? 'The file could not be read.');
}
