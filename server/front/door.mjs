// A page that somebody with a session reads is most of what is asked all day, and the middleware is a good
// part of what it costs. What it would do for it is done here: it decides nothing then, and hands on what
// pages read. Everything else passes the middleware.
import { answerHeaders, contentSecurityPolicy, newNonce, requestHeaders } from './headers.mjs';

/**
 * @typedef {Pick<import('node:http').IncomingMessage, 'method' | 'url' | 'headers'>} Asked
 * @typedef {Pick<import('node:http').ServerResponse, 'setHeader'>} Answer
 * @typedef {{ get: (cookie: string) => { exp?: unknown } | undefined }} Opened
 */

/** Says to the middleware's matcher that there is nothing left to do (`config` in middleware.ts). */
const PASSED = 'x-door';
/** As our links write them; what would have to be decoded or made regular is for the framework. */
const PAGE = /^\/(?!api\/|api$|_next)[a-z][a-z-]*(?:\/[\w-]+)*(?:\?[^#]*)?$/;
const SESSION = /(?:^|; )(?:__Host-)?next-auth\.session-token=([^;]+)/;

/** @param {string | undefined} cookies */
function hasOpened(cookies) {
  const cookie = SESSION.exec(cookies ?? '')?.[1];
  /** @type {Opened | undefined} */
  const opened = Reflect.get(globalThis, Symbol.for('chakravue.opened-sessions'));
  const exp = cookie && opened?.get(cookie)?.exp;
  return typeof exp === 'number' && exp * 1_000 > Date.now();
}

/** What the framework asks for beside the page's own: no address that a person would be led back to. */
const withoutFlight = (/** @type {string} */ url) =>
  url.includes('_rsc=') ? url.replace(/([?&])_rsc=[^&]*&?/, '$1').replace(/[?&]$/, '') : url;

/** @param {Asked} asked @param {Answer} answer @returns {boolean} whether the middleware has nothing to do */
export function passDoor(asked, answer) {
  const { method, url = '', headers } = asked;
  // A stranger may send it too.
  delete headers[PASSED];
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) return false;
  if (process.env.WORKER === 'only' || !PAGE.test(url) || !hasOpened(headers.cookie)) return false;
  const requestId = crypto.randomUUID();
  const nonce = newNonce();
  const policy = contentSecurityPolicy(nonce, false);
  for (const [name, value] of requestHeaders(requestId, withoutFlight(url), nonce, policy))
    headers[name] = value;
  headers[PASSED] = '1';
  for (const [name, value] of answerHeaders(requestId, policy)) answer.setHeader(name, value);
  return true;
}
