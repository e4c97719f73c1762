/** For `filename`, which takes plain letters alone; `filename*` has the name as it is. */
const plain = (name: string): string => name.replace(/[^\w .()-]/g, '_');
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/**
 * A file, as an attachment and never guessed at; our `<img>` shows it all the same. `inline` is for a PDF in
 * a page of the product: the middleware lets nobody else frame it.
 */
export function downloadResponse(
  file: { name: string; contentType: string },
  content: Buffer,
  as: 'attachment' | 'inline' = 'attachment',
): Response {
  return new Response(new Uint8Array(content), {
    headers: {
      'content-type': file.contentType,
      'content-length': String(content.length),
      'content-disposition': `${as}; filename="${plain(file.name)}"; filename*=UTF-8''${encoded(file.name)}`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}

/**
 * The name of an uploaded file from its header: `%`-encoded there, because a header does not take other
 * letters.
 */
export function uploadedName(request: Request): string {
  try {
    return decodeURIComponent(request.headers.get('x-file-name') ?? '');
  } catch {
    return '';
  }
}
