// What is the same for everybody is rendered and compressed once and then answered before the framework sees
// the request: pages that know nobody, and the files of the build. Nothing of a visitor but the chosen theme
// goes into what is kept.
import { createHash, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/**
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {import('node:http').IncomingHttpHeaders} Headers
 * @typedef {{ bodies: { identity: Buffer, br?: Buffer, gzip?: Buffer },
 *   headers: [string, string | string[]][], isPage: boolean, policy: string, hashes: string, etag: string,
 *   renderedAt: number }} Kept
 * @typedef {{ address: string, port: number }} Here where this server was reached
 */

const MINUTE_MS = 60_000;
const LEGAL = ['terms', 'privacy', 'data-processing', 'sub-processors', 'security', 'service-levels'];
/**
 * How long a page is shown before it is rendered again. None is made by the build: what it says of
 * addresses, currency and tax is known where the product runs.
 */
const FRESH_MS = new Map([
  ...['/', '/pricing', '/signup', '/login'].map((page) => /** @type {const} */ ([page, 10 * MINUTE_MS])),
  ...[...LEGAL, 'contact', 'imprint'].map(
    (page) => /** @type {const} */ ([`/legal/${page}`, 10 * MINUTE_MS]),
  ),
  // Never older: somebody looks because something does not work.
  ['/status', 3_000],
]);
const STATIC = '/_next/static/';
/** Of one connection, one moment or one visitor. */
const NOT_KEPT = new Set([
  ...['connection', 'keep-alive', 'transfer-encoding', 'date', 'set-cookie', 'x-request-id'],
  ...['content-length', 'content-encoding', 'cache-control', 'etag', 'vary', 'content-security-policy'],
]);
/** Tells a request of this server to itself from a visitor's. */
const OWN = 'x-kept-answer';

/**
 * @param {ReadonlySet<string>} files the addresses of the build's files
 * @returns a listener's better half: whether it has answered.
 */
export function keepAnswers(files) {
  const token = randomUUID();
  /** @type {Map<string, Kept>} */
  const kept = new Map();
  /** @type {Set<string>} */
  const underWay = new Set();
  /** How often something was forgotten: what was being rendered then is not kept. */
  let forgotten = 0;

  /** @param {string} key @param {string} path @param {string} theme @param {Here} here */
  async function fill(key, path, theme, here) {
    if (underWay.has(key)) return;
    underWay.add(key);
    const before = forgotten;
    try {
      const answer = await ask(here, path, { [OWN]: token, cookie: `theme=${theme}`, accept: '*/*' });
      if (answer?.status !== 200) return;
      const made = await keep(answer);
      if (before === forgotten) kept.set(key, made);
    } catch {
      // Nothing is kept: each visitor gets one rendered.
    } finally {
      underWay.delete(key);
    }
  }

  return {
    /** @param {Request} asked @param {Response} response */
    answer({ method, url = '', headers, socket }, response) {
      if (method !== 'GET' || headers[OWN] === token) return false;
      const freshMs = files.has(url) ? Number.POSITIVE_INFINITY : FRESH_MS.get(url);
      if (freshMs === undefined || headers.rsc || headers['next-url'] || headers.range) return false;
      const cookie = headers.cookie ?? '';
      // The sign-in page leads on who is signed in, and offers a PIN at a computer that knows its people.
      if (url === '/login' && /(session-token|chakravue\.device)=/.test(cookie)) return false;
      const theme = /(?:^|; )theme=(light|dark)(?:;|$)/.exec(cookie)?.[1] ?? 'system';
      const key = files.has(url) ? url : `${theme} ${url}`;
      const found = kept.get(key);
      const isOld = found !== undefined && Date.now() - found.renderedAt > freshMs;
      if (!found || isOld)
        void fill(key, url, theme, {
          address: socket.localAddress ?? '127.0.0.1',
          port: socket.localPort ?? 0,
        });
      // A price may be shown once more while it is rendered again; a state may not, however old it is.
      if (!found || (isOld && url === '/status')) return false;
      send(response, found, headers);
      return true;
    },
    /** What the page says has changed. @param {string} page */
    forget(page) {
      forgotten++;
      for (const key of kept.keys()) if (key.endsWith(` ${page}`)) kept.delete(key);
    },
    /** Renders each page once before somebody asks. @param {Here} here */
    async warm(here) {
      for (const page of FRESH_MS.keys()) await fill(`system ${page}`, page, 'system', here);
    },
  };
}

/** @param {Response} response @param {Kept} kept @param {Headers} asked */
function send(response, kept, asked) {
  const accepted = String(asked['accept-encoding'] ?? '');
  const encoding = /** @type {const} */ (['br', 'gzip']).find(
    (one) => kept.bodies[one] && new RegExp(`\\b${one}\\b`).test(accepted),
  );
  for (const [name, value] of kept.headers) response.setHeader(name, value);
  response.setHeader('etag', kept.etag);
  response.setHeader('x-request-id', randomUUID());
  response.setHeader('content-security-policy', policyOf(kept, asked.host ?? ''));
  if (asked['if-none-match'] === kept.etag) {
    response.writeHead(304).end();
    return;
  }
  const body = (encoding && kept.bodies[encoding]) ?? kept.bodies.identity;
  if (encoding) response.setHeader('content-encoding', encoding);
  response.setHeader('content-length', body.length);
  response.writeHead(200).end(body);
}

/**
 * A file's own policy, and a page's with the hash of each script that is written into it in place of a nonce,
 * and the build's files by the address that was asked: the product is opened under several names.
 * @param {Pick<Kept, 'policy' | 'hashes' | 'isPage'>} kept @param {string} host
 */
function policyOf({ policy, hashes, isPage }, host) {
  if (!isPage) return policy;
  const files = /^[\w.-]+(:\d+)?$/.test(host) ? `${host}${STATIC}` : "'self'";
  return policy.replace(/script-src [^;]*/, `script-src ${files}${hashes && ` ${hashes}`}`);
}

/** @param {{ headers: Headers, body: Buffer }} answer @returns {Promise<Kept>} */
async function keep({ headers, body }) {
  const type = String(headers['content-type'] ?? '');
  const isPage = type.startsWith('text/html');
  const html = isPage ? body.toString() : '';
  const policy = String(headers['content-security-policy'] ?? '');
  const bytes = isPage ? Buffer.from(withoutNonce(html)) : body;
  const isText = isPage || /javascript|css|json|svg|text|wasm/.test(type);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  const [br, gz] = await Promise.all([promisify(brotliCompress)(bytes, { params }), promisify(gzip)(bytes)]);
  return {
    // Fonts and pictures are compressed already.
    bodies: isText ? { identity: bytes, br, gzip: gz } : { identity: bytes },
    headers: [
      ...Object.entries(headers).flatMap(([name, value]) =>
        value === undefined || NOT_KEPT.has(name)
          ? []
          : [/** @type {[string, string | string[]]} */ ([name, value])],
      ),
      ['vary', isPage ? 'accept-encoding, cookie, rsc, next-url' : 'accept-encoding'],
      // Asked about each time, and then mostly answered with 304; the build's files never change.
      ['cache-control', isPage ? 'private, no-cache' : String(headers['cache-control'])],
    ],
    isPage,
    policy,
    hashes: hashesOf(html, /'nonce-([^']+)'/.exec(policy)?.[1]),
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`,
    renderedAt: Date.now(),
  };
}

/** @param {string} html */
const withoutNonce = (html) => html.replaceAll(/ nonce="[^"]*"/g, '');

/**
 * A source of the policy for each script that the framework has written into a page: it bears the nonce of
 * that answer, which nothing that came with data can know.
 * @param {string} html as it was answered @param {string | undefined} nonce
 */
export function hashesOf(html, nonce) {
  if (!nonce) return '';
  const scripts = html.matchAll(/<script(?![^>]*\ssrc=)([^>]*)>([\s\S]*?)<\/script>/g);
  const sources = [...scripts]
    .filter(([, attributes = '']) => attributes.includes(` nonce="${nonce}"`))
    .map(([, , text = '']) => `'sha256-${createHash('sha256').update(withoutNonce(text)).digest('base64')}'`);
  return [...new Set(sources)].join(' ');
}

/**
 * This server's own answer, or null when there is none: then each visitor gets one rendered, as if nothing
 * were ever kept.
 * @param {Here} here @param {string} path @param {Record<string, string>} headers
 * @returns {Promise<{ status: number, headers: Headers, body: Buffer } | null>}
 */
function ask({ address, port }, path, headers) {
  return new Promise((resolve) => {
    const sent = request({ host: address, port, path, headers: { ...headers, host: `${address}:${port}` } });
    sent.once('error', () => resolve(null));
    sent.once('response', (answer) => {
      /** @type {Buffer[]} */
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.once('error', () => resolve(null));
      answer.once('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.end();
  });
}
