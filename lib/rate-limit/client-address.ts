import 'server-only';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { embeddedV4, groupsOf } from '../outside/ranges';

/**
 * The address that a request came from. Each proxy appends the one it saw, so only as many from the right as
 * our proxies stand can be believed; what a browser writes itself never counts.
 */
export function clientAddress(forwarded: string | undefined, socket: string, trustedProxies: number): string {
  const chain = (forwarded ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  chain.push(socket);
  const address = chain[Math.max(0, chain.length - 1 - trustedProxies)] ?? socket;
  return oneSpelling(address);
}

/**
 * One spelling for an address: without a port or zone, IPv4 as such, IPv6 as RFC 5952 has it. Other text is
 * cut short.
 */
export function oneSpelling(text: string): string {
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(text) ?? [];
  const plain = (bracketed ?? text.replace(/^([\d.]+):\d+$/, '$1')).split('%', 1)[0] ?? '';
  if (isIP(plain) !== 6) return plain.toLowerCase().slice(0, 64);
  const groups = groupsOf(plain);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return embeddedV4(plain) ?? plain;
  return new URL(`http://[${plain}]`).hostname.slice(1, -1);
}

/**
 * Whose an address is for a limit: an IPv6 customer holds a /64 and may take any of its addresses at any
 * moment.
 */
export function networkOf(address: string): string {
  const one = oneSpelling(address);
  if (isIP(one) !== 6) return one;
  return `${groupsOf(one)
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/**
 * Replaces `x-forwarded-for` of each request of this process by the one address that counts, before Next
 * reads it:
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
