import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashesOf, keepAnswers } from './kept-answers.mjs';

const FILE = '/_next/static/chunks/a.js';
const FONT = '/_next/static/media/a.woff2';
const POLICY = "default-src 'self'; script-src 'self' 'nonce-abc' 'strict-dynamic'; object-src 'none'";

const GO = '<script nonce="abc">go()</script>';

let server: Server;
let keeper: ReturnType<typeof keepAnswers>;
let rendered: string[] = [];
let status = 200;
/** What the framework would answer. */
const content: Record<string, string> = { [FILE]: 'text/javascript', [FONT]: 'font/woff2' };

beforeEach(async () => {
  [rendered, status] = [[], 200];
  keeper = keepAnswers(new Set([FILE, FONT]));
  server = createServer((asked, response) => {
    if (keeper.answer(asked, response)) return;
    rendered.push(`${asked.url} ${asked.headers.cookie ?? ''}`);
    response.writeHead(status, {
      'content-type': content[asked.url ?? ''] ?? 'text/html',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': POLICY,
      'set-cookie': 'someone=1',
      link: '</font.woff2>; rel=preload',
      'x-request-id': 'of-the-first',
    });
    response.end(`<p>${rendered.length}</p><script nonce="abc">go()</script>`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(() => {
  vi.restoreAllMocks();
  server.close();
});

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };
const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk);
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) });
    });
    sent.once('error', reject);
    sent.end();
  });
const isKept = ({ headers }: Answer): boolean => headers['x-request-id'] !== 'of-the-first';
/** Asks until the answer is a kept one. */
const keptOf = async (path: string, headers: Record<string, string> = {}): Promise<Answer> => {
  let answer = await get(path, headers);
  await vi.waitFor(async () => {
    answer = await get(path, headers);
    expect(isKept(answer)).toBe(true);
  });
  return answer;
};

it('allows no script that came with data: without the nonce of its answer, or with another', () => {
  const hash = hashesOf(GO, 'abc');
  expect(hash).toMatch(/^'sha256-[\w+/=]{44}'$/);
  for (const planted of ['<script>steal()</script>', '<script nonce="guess">steal()</script>'])
    expect(hashesOf(`${GO}${planted}`, 'abc')).toBe(hash);
  expect(hashesOf(GO, undefined)).toBe('');
});

describe('a page that says the same to everybody', () => {
  it('is rendered for itself, without a word of who asked, and kept for each theme', async () => {
    await keptOf('/pricing', { cookie: 'a=1; theme=dark; session=secret' });
    const own = rendered.filter((one) => !one.includes('secret'));
    expect(own).toEqual(['/pricing theme=dark']);
    const answer = await get('/pricing', { cookie: 'theme=dark' });
    expect(answer.body.toString()).toMatch(/^<p>\d<\/p><script>go\(\)<\/script>$/);
    expect(answer.headers).not.toHaveProperty('set-cookie');
    expect(answer.headers.link).toBe('</font.woff2>; rel=preload');
    expect(answer.headers['cache-control']).toBe('private, no-cache');
    expect(isKept(await get('/pricing', { cookie: 'theme=light' }))).toBe(false);
    // A cookie is a stranger's text: it makes no more than three of each page.
    await keptOf('/pricing', { cookie: 'theme=pink' });
    expect(isKept(await get('/pricing', { cookie: 'theme=<script>' }))).toBe(true);
  });

  it('allows its own scripts by their hash and the build’s files by the address that was asked', async () => {
    const { headers } = await keptOf('/legal/terms', { host: 'eyes.example:8080' });
    expect(headers['content-security-policy']).toBe(
      `default-src 'self'; script-src eyes.example:8080/_next/static/ ${hashesOf(GO, 'abc')}; object-src 'none'`,
    );
    const strange = await get('/legal/terms', { host: "x.example; script-src 'unsafe-inline'" });
    expect(strange.headers['content-security-policy']).toContain("script-src 'self' 'sha256-");
    expect(strange.headers['content-security-policy']).not.toContain('unsafe');
  });

  it('is sent as small as the browser takes it, and not again when it has it', async () => {
    const { headers, body } = await keptOf('/signup');
    const br = await get('/signup', { 'accept-encoding': 'gzip, br' });
    const gz = await get('/signup', { 'accept-encoding': 'gzip' });
    expect(br.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(br.body)).toEqual(body);
    expect(gunzipSync(gz.body)).toEqual(body);
    const again = await get('/signup', { 'if-none-match': String(headers.etag) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect(again.headers['content-security-policy']).toContain('script-src');
  });

  it('is shown once more while it is rendered again, when it has become old', async () => {
    const first = await keptOf('/pricing');
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now + 11 * 60_000);
    expect((await get('/pricing')).headers.etag).toBe(first.headers.etag);
    await vi.waitFor(async () => expect((await get('/pricing')).headers.etag).not.toBe(first.headers.etag));
  });

  it('is rendered again as soon as what it says has changed, also when it was being rendered', async () => {
    await keptOf('/status');
    keeper.forget('/status');
    expect(isKept(await get('/status'))).toBe(false);
    // The one that was asked for beside that visitor is from before.
    keeper.forget('/status');
    await new Promise((done) => setTimeout(done, 50));
    expect(isKept(await get('/status'))).toBe(false);
    await keptOf('/status');
  });

  it('that says what works is never shown old, however long nobody asked', async () => {
    const first = await keptOf('/status');
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now + 3_001);
    expect(isKept(await get('/status'))).toBe(false);
    await vi.waitFor(async () => expect(isKept(await get('/status'))).toBe(true));
    expect((await get('/status')).headers.etag).not.toBe(first.headers.etag);
  });

  it.each([
    ['/pricing?plan=starter', {}],
    ['/pricing', { rsc: '1' }],
    ['/pricing', { 'x-kept-answer': 'guessed', rsc: '1' }],
    ['/login', { cookie: '__Host-next-auth.session-token=abc' }],
    ['/login', { cookie: 'chakravue.device=abc' }],
    ['/today', {}],
    ['/legal/other', {}],
    ['/_next/static/chunks/none.js', {}],
  ])('is not kept where something else is asked: %s %o', async (path, headers) => {
    for (let count = 0; count < 3; count++) expect(isKept(await get(path, headers))).toBe(false);
    // Nothing was asked beside the visitor.
    expect(rendered).toHaveLength(3);
  });

  it('is not kept when it could not be rendered, and never for a form', async () => {
    status = 500;
    await get('/');
    await vi.waitFor(() => expect(rendered).toHaveLength(2));
    expect((await get('/')).status).toBe(500);
    status = 200;
    await keptOf('/');
    expect(isKept(await get('/', {}, 'POST'))).toBe(false);
    expect(isKept(await get('/', {}, 'HEAD'))).toBe(false);
  });
});

describe('a file of the build', () => {
  it('is kept whatever the theme, and says that it never changes', async () => {
    const { headers } = await keptOf(FILE, { cookie: 'theme=dark', 'accept-encoding': 'br' });
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
    });
    expect(isKept(await get(FILE, { cookie: 'theme=light' }))).toBe(true);
    expect(isKept(await get(FILE, { range: 'bytes=0-1' }))).toBe(false);
  });

  it('has the policy that it was made with: a worker lives by it', async () => {
    const { headers } = await keptOf(FILE, { host: 'eyes.example:8080' });
    expect(headers['content-security-policy']).toBe(POLICY);
  });

  it('is not compressed twice', async () => {
    const { headers } = await keptOf(FONT, { 'accept-encoding': 'br' });
    expect(headers).not.toHaveProperty('content-encoding');
  });
});
