import { describe, expect, it } from 'vitest';
import { readJson, readUpTo } from './read-body';

const KB = 1_024;

/** A body without end, and how much of it was taken. */
function endless(headers: Record<string, string> = {}) {
  const taken = { bytes: 0, isCancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        taken.bytes += 64 * KB;
        controller.enqueue(new Uint8Array(64 * KB));
      },
      cancel() {
        taken.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  const request = new Request('http://127.0.0.1/', {
    method: 'POST',
    headers,
    body,
    duplex: 'half',
  } as RequestInit);
  return { request, taken };
}

describe('the body of a request', () => {
  it('is read as it is up to the limit', async () => {
    const post = (body: string) => new Request('http://127.0.0.1/', { method: 'POST', body });
    expect((await readUpTo(post('हिन्दी'), 18))?.toString()).toBe('हिन्दी');
    expect(await readUpTo(post('हिन्दी'), 17)).toBeNull();
    expect((await readUpTo(new Request('http://127.0.0.1/'), 10))?.length).toBe(0);
  });

  it('is counted while it arrives, whether it says its length or not', async () => {
    for (const headers of [{}, { 'content-length': '10' }, { 'content-length': 'x' }]) {
      const { request, taken } = endless(headers);
      expect(await readUpTo(request, 256 * KB)).toBeNull();
      expect(taken.bytes).toBeLessThanOrEqual(256 * KB + 64 * KB);
      expect(taken.isCancelled).toBe(true);
    }
  });

  it('of JSON is null when it is none, or too long', async () => {
    const post = (body: string) => new Request('http://127.0.0.1/', { method: 'POST', body });
    expect(await readJson(post('{"a":1}'), 10)).toEqual({ a: 1 });
    for (const body of ['', '{', '{"a":1000000000}', '\0'])
      expect(await readJson(post(body), 10), body).toBeNull();
  });

  it('is not read at all when it says itself that it is too long', async () => {
    const { request, taken } = endless({ 'content-length': '99999999' });
    expect(await readUpTo(request, 256 * KB)).toBeNull();
    expect(taken.bytes).toBe(0);
  });
});
