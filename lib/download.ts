import { partOf, piecesOf, type Source } from './source';

/** For `filename`, which takes plain letters alone; `filename*` has the name as it is. */
const plain = (name: string): string => name.replace(/[^\w .()-]/g, '_');
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

const headersOf = (file: { name: string; contentType: string }, as: string) => ({
  'content-type': file.contentType,
  'content-disposition': `${as}; filename="${plain(file.name)}"; filename*=UTF-8''${encoded(file.name)}`,
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
});

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
    headers: { ...headersOf(file, as), 'content-length': String(content.length) },
  });
}

/** Of a file that is sent in pieces: no more of it is in memory for one who reads slowly. */
const STEP = 1024 * 1024;

/** `bytes=0-99`, `bytes=100-` and `bytes=-50`; null for all, "beyond" for what does not lie in the file. */
export function rangeOf(header: string | null, sizeBytes: number) {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  const first = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  return first > last || first >= sizeBytes ? 'beyond' : { first, last };
}

/** Asks for a further piece of what was begun before, as a player of films does. */
export const isLaterRange = (request: Request): boolean =>
  /^bytes=[1-9]/.test(request.headers.get('range') ?? '');

/**
 * The same for a file that is not in memory: in pieces, and only the range that was asked for, which is how a
 * browser plays a film.
 */
export function streamResponse(
  file: { name: string; contentType: string },
  source: Source,
  request: Request,
  as: 'attachment' | 'inline' = 'attachment',
): Response {
  const { sizeBytes } = source;
  const range = rangeOf(request.headers.get('range'), sizeBytes);
  const head = { ...headersOf(file, as), 'accept-ranges': 'bytes' };
  if (range === 'beyond')
    return new Response(null, { status: 416, headers: { ...head, 'content-range': `bytes */${sizeBytes}` } });
  const { first, last } = range ?? { first: 0, last: sizeBytes - 1 };
  const pieces = piecesOf(partOf(source, first, last - first + 1), STEP);
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (stream) => {
        const { value, done } = await pieces.next();
        if (done) stream.close();
        else stream.enqueue(new Uint8Array(value));
      },
      cancel: () => pieces.return(undefined).then(() => undefined),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    status: range ? 206 : 200,
    headers: {
      ...head,
      'content-length': String(last - first + 1),
      ...(range ? { 'content-range': `bytes ${first}-${last}/${sizeBytes}` } : {}),
    },
  });
}
