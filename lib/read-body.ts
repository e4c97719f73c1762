/**
 * The body of a request, counted while it arrives: what was announced in content-length proves nothing, and a
 * chunked body announces nothing.
 * @returns null as soon as there is more than `maxBytes`; the rest is never read.
 */
export async function readUpTo(request: Request, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return null;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.length;
    if (length > maxBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts, length);
}

/** The same for JSON. @returns null for a body that is too long or not JSON. */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const body = await readUpTo(request, maxBytes);
  try {
    return body && JSON.parse(body.toString());
  } catch {
    return null;
  }
}
