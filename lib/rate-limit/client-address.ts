import 'server-only';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/**
 * The address that a request came from. Each proxy appends the one it saw, so only as many from the right as there are
 * proxies of ours can be believed; what a browser writes itself never counts.
 */
export function clientAddress(forwarded: string | undefined, socket: string, trustedProxies: number): string {
  const chain = (forwarded ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  chain.push(socket);
  const address = chain[Math.max(0, chain.length - 1 - trustedProxies)] ?? socket;
  return address.replace(/^::ffff:/, '').slice(0, 64);
}

/**
 * Replaces `x-forwarded-for` of each request of this process by the one address that counts, before Next reads it:
 * Next itself takes whatever the browser sent. @returns a function that stops it.
 */
export function trustForwardedFor(trustedProxies: number): () => void {
  const listener = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    const given = request.headers['x-forwarded-for'];
    request.headers['x-forwarded-for'] = clientAddress(
      Array.isArray(given) ? given.join(',') : given,
      request.socket.remoteAddress ?? 'unknown',
      trustedProxies,
    );
  };
  subscribe('http.server.request.start', listener);
  return () => unsubscribe('http.server.request.start', listener);
}
