import 'server-only';
import { lookup } from 'node:dns';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { env } from '../env';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 1024 * 1024;

/** The provider did not answer, or may not be asked. */
export class ProviderUnreachable extends Error {
  override name = 'ProviderUnreachable';
}

/** Never asked: link-local addresses hold the metadata of cloud machines. */
const FORBIDDEN: readonly [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];
/** Asked only where the operator says that providers live inside. */
const PRIVATE: readonly [string, number, 'ipv4' | 'ipv6'][] = [
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
];
const listOf = (ranges: typeof PRIVATE): BlockList => {
  const list = new BlockList();
  for (const [net, prefix, family] of ranges) list.addSubnet(net, prefix, family);
  return list;
};
const forbidden = listOf(FORBIDDEN);
const inside = listOf(PRIVATE);

const areInsidersAllowed = (): boolean => env().SSO_PRIVATE_ISSUERS === 'on';

/** Whether we may talk to this address: not to ourselves or our neighbours, whatever an administrator typed. */
export function mayAsk(address: string, allowInsiders = areInsidersAllowed()): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (forbidden.check(address, family)) return false;
  return allowInsiders || !inside.check(address, family);
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');
const isLoopback = (url: URL): boolean => ['127.0.0.1', '::1', 'localhost'].includes(hostOf(url));

/** https everywhere; http for a provider on this very machine, where that is configured and we have no https ourselves. */
export function isAllowedScheme(url: URL): boolean {
  if (url.protocol === 'https:') return true;
  const isLocal = !env().NEXTAUTH_URL.startsWith('https://') && areInsidersAllowed();
  return url.protocol === 'http:' && isLocal && isLoopback(url);
}

/** The address that was checked is the address that is connected to: a second look at the DNS could say another. */
const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const first = addresses?.[0];
    if (error || !first) return callback(error ?? new ProviderUnreachable('no address'), '', 0);
    if (addresses.some(({ address }) => !mayAsk(address)))
      return callback(new ProviderUnreachable('an address inside'), '', 0);
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
  });
};

type Asked = {
  method: string;
  headers: Record<string, string>;
  body: ArrayBuffer | ReadableStream | Uint8Array | URLSearchParams | string | null | undefined;
};

/** `fetch` for an address that a customer typed. Follows no redirect. @throws ProviderUnreachable. */
export async function providerFetch(address: string, options: Asked): Promise<Response> {
  const url = new URL(address);
  if (!isAllowedScheme(url)) throw new ProviderUnreachable('only https');
  if (isIP(hostOf(url)) && !mayAsk(hostOf(url))) throw new ProviderUnreachable('an address inside');
  const { method, headers, body } = options;
  // Request turns every kind of body into bytes and its content type.
  const given = new Request(url, {
    method,
    headers,
    body: body instanceof Uint8Array ? Buffer.from(body) : (body ?? null),
  });
  const bytes = Buffer.from(await given.arrayBuffer());
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(new ProviderUnreachable('no answer', { cause }));
    const send = url.protocol === 'https:' ? secure : plain;
    const asked = send(
      url,
      {
        method,
        headers: { ...Object.fromEntries(given.headers), 'content-length': String(bytes.length) },
        lookup: guardedLookup,
        timeout: TIMEOUT_MS,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
      (answer) => {
        const parts: Buffer[] = [];
        let size = 0;
        answer.on('data', (part: Buffer) => {
          size += part.length;
          if (size > MAX_BYTES) answer.destroy(new Error('too large'));
          else parts.push(part);
        });
        answer.on('error', fail);
        answer.on('end', () => {
          const known = new Headers();
          for (const [name, value] of Object.entries(answer.headers)) {
            if (value !== undefined) known.set(name, Array.isArray(value) ? value.join(', ') : value);
          }
          const status = answer.statusCode ?? 502;
          const content = status === 204 || status === 304 ? null : Buffer.concat(parts);
          resolve(new Response(content, { status, headers: known }));
        });
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('timeout')));
    asked.on('error', fail);
    asked.end(bytes);
  });
}
