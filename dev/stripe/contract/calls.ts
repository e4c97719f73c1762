import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Stripe from 'stripe';

/** The app's own files under a folder; tests ask what they like. */
function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) ? [path] : [];
  });
}

/** Each call of Stripe's SDK in the source, for example `checkout.sessions.create`. */
export function callsIn(folders: readonly string[]): string[] {
  const calls = folders.flatMap(sources).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return Array.from(text.matchAll(/\b(?:stripe\(\)|stripeWith\(\w+\))\s*\.([\w.\s]+?)\(/g), ([, path]) =>
      (path ?? '').replace(/\s/g, ''),
    );
  });
  return [...new Set(calls)].filter((call) => !call.startsWith('webhooks.')).sort();
}

/** The request that a call makes: `POST /v1/checkout/sessions`, with `:id` for each id. */
export async function requestOf(call: string): Promise<string> {
  let seen = '';
  const httpClient = Stripe.createFetchHttpClient(async (input: RequestInfo | URL, init?: RequestInit) => {
    seen = `${init?.method ?? 'GET'} ${new URL(String(input)).pathname.replaceAll('an_id', ':id')}`;
    return new Response('{}', { status: 200 });
  });
  const stripe = new Stripe('sk_test_asks_nobody', { httpClient, telemetry: false, maxNetworkRetries: 0 });
  const path = call.split('.');
  const owner = path.slice(0, -1).reduce<unknown>(memberOf, stripe);
  const method = memberOf(owner, path.at(-1) ?? '');
  if (typeof method !== 'function') throw new Error(`The SDK has no ${call}`);
  // An id that is left out becomes `undefined` in the path.
  for (let ids = 0; ids < 3 && (!seen || seen.includes('/undefined')); ids++) {
    try {
      await method.apply(owner, Array(ids).fill('an_id'));
    } catch {
      // One id too many.
    }
  }
  return seen;
}

function memberOf(owner: unknown, name: string): unknown {
  return typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined;
}
