// What strangers may not send is refused before the framework sees it: that reads a body whole, whatever
// answers it. The middleware has the same law for all that comes this far, and says who a session is of.

const MAX_STRANGERS_BYTES = 64 * 1024;
const MAX_BYTES = 1024 * 1024;
const MAX_DRAINED_BYTES = 32 * MAX_BYTES;
/** Signed deliveries; they count for themselves. */
const SIGNED = new Set(['/api/stripe/webhook', '/api/tickets/inbound']);

/**
 * @param {Pick<import('node:http').IncomingMessage, 'url' | 'headers' | 'resume'>} asked
 * @param {Pick<import('node:http').ServerResponse, 'writeHead' | 'end'>} response
 * @returns {boolean} whether it has answered
 */
export function refuseLarge(asked, response) {
  const { url = '', headers } = asked;
  const length = Number(headers['content-length'] ?? 0);
  if (!(length > MAX_STRANGERS_BYTES)) return false;
  if (/session-token=/.test(headers.cookie ?? '') || SIGNED.has(url.split('?')[0] ?? '')) return false;
  response.writeHead(length > MAX_BYTES ? 413 : 401, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    ...(length > MAX_DRAINED_BYTES ? { connection: 'close' } : {}),
  });
  // Thrown away as it comes: a sender who is cut off does not read why.
  asked.resume();
  response.end(
    length > MAX_BYTES
      ? 'What you sent is too large. The limit is 1 MB.'
      : 'Sign in before you send something as large as this.',
  );
  return true;
}
