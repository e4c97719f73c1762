import 'server-only';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { env } from '../env';
import { guardedLookup, isForbiddenLiteral } from '../outside/lookup';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 1024 * 1024;

/** The provider did not answer, or may not be asked. */
export class ProviderUnreachable extends Error {
  override name = 'ProviderUnreachable';
}

const areInsidersAllowed = (): boolean => env().SSO_PRIVATE_ISSUERS === 'on';

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');
const isLoopback = (url: URL): boolean => ['127.0.0.1', '::1', 'localhost'].includes(hostOf(url));

/**
 * https everywhere; http for a provider on this very machine, where that is configured and we have no https
 * ourselves.
 */
export function isAllowedScheme(url: URL): boolean {
  if (url.protocol === 'https:') return true;
  const isLocal = !env().NEXTAUTH_URL.startsWith('https://') && areInsidersAllowed();
  return url.protocol === 'http:' && isLocal && isLoopback(url);
}

type Asked = {
  method: string;
  headers: Record<string, string>;
  body: ArrayBuffer | ReadableStream | Uint8Array | URLSearchParams | string | null | undefined;
};

/** `fetch` for an address that a customer typed. Follows no redirect. @throws ProviderUnreachable. */
export async function providerFetch(address: string, options: Asked): Promise<Response> {
  const url = new URL(address);
  if (!isAllowedScheme(url)) throw new ProviderUnreachable('only https');
  if (isForbiddenLiteral(hostOf(url), areInsidersAllowed()))
    throw new ProviderUnreachable('an address inside');
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
        lookup: guardedLookup(areInsidersAllowed),
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
