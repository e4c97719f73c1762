/// <reference types="vite/client" />
import type { NextConfig } from 'next';
import { unstable_doesMiddlewareMatch } from 'next/experimental/testing/server';
import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { config, middleware } from '@/middleware';
import { addressOf, fill, WRITES } from '@/tests/assertions/endpoints';

type Exports = Record<string, unknown>;
const routes = import.meta.glob<Exports>('/app/**/route.ts');
const pages = Object.keys(import.meta.glob('/app/**/page.tsx')).map(addressOf);
const sources = import.meta.glob<string>(
  ['/app/**/*.{ts,tsx}', '/components/**/*.{ts,tsx}', '/features/**/*.{ts,tsx}', '/lib/**/*.ts'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);
const nextConfig = Object.values(
  import.meta.glob<NextConfig>('/next.config.mjs', { eager: true, import: 'default' }),
)[0];

const OWN = 'https://app.test';
/** Proves itself by a signature or a secret; the middleware must not touch, or keep, its body. */
const SIGNED = ['/api/stripe/webhook', '/api/tickets/inbound'];
/** Reads only, and never ends: the middleware would hold it back. */
const STREAMS = ['/api/queue/stream'];

/** Shown inside pages of the product, and of nobody else. */
const FRAMED = ['/api/files/[fileId]/view'];

afterEach(() => vi.unstubAllEnvs());
const ask = (address: string, init: { method?: string; headers?: Record<string, string> } = {}) => {
  vi.stubEnv('NEXTAUTH_URL', OWN);
  return middleware(new NextRequest(`${OWN}${address}`, init));
};
const sessionCookie = async () => {
  const token = await encode({ token: { sub: 'somebody' }, secret: process.env.NEXTAUTH_SECRET ?? '' });
  return `__Host-next-auth.session-token=${token}`;
};
const matches = (address: string) =>
  unstable_doesMiddlewareMatch({ config, url: `${OWN}${address}`, nextConfig: {} });

describe('a request from a page of somebody else', () => {
  it.each(Object.keys(routes))('changes nothing through %s', async (file) => {
    const address = fill(addressOf(file));
    const exported = (await routes[file]?.()) ?? {};
    for (const method of WRITES.filter((name) => name in exported)) {
      if (SIGNED.includes(address)) continue;
      expect(matches(address), address).toBe(true);
      for (const origin of ['https://evil.test', 'null', 'https://app.test.evil.test']) {
        const answer = await ask(address, { method, headers: { origin, host: 'app.test' } });
        expect(answer.status, `${method} ${address} from ${origin}`).toBe(403);
      }
      const own = await ask(address, { method, headers: { origin: OWN, host: 'app.test' } });
      expect(own.status, `${method} ${address} from ourselves`).not.toBe(403);
    }
  });

  it.each(pages)('calls no action of %s', async (address) => {
    expect(matches(fill(address))).toBe(true);
    const headers = { origin: 'https://evil.test', host: 'app.test', 'next-action': '0'.repeat(42) };
    expect((await ask(fill(address), { method: 'POST', headers })).status).toBe(403);
  });

  it('is never welcomed: no answer names another origin', () => {
    const welcoming = Object.entries(sources).filter(([, text]) => /access-control-allow/i.test(text));
    expect(welcoming.map(([file]) => file)).toEqual([]);
  });
});

describe('every answer', () => {
  it('passes the middleware, but for signed deliveries and streams', () => {
    const loose = [...pages, ...Object.keys(routes).map(addressOf)].filter((one) => !matches(fill(one)));
    expect(loose.sort()).toEqual([...SIGNED, ...STREAMS].sort());
  });

  it.each([...pages, ...Object.keys(routes).map(addressOf)])('of %s has the headers', async (address) => {
    const { headers } = await ask(fill(address));
    const csp = new Map(
      (headers.get('content-security-policy') ?? '').split('; ').map((part) => {
        const [name = '', ...rest] = part.split(' ');
        return [name, rest.join(' ')];
      }),
    );
    expect(csp.get('script-src')).toMatch(/'nonce-[A-Za-z0-9+/=]{20,}'/);
    expect(csp.get('script-src')).not.toMatch(/unsafe|\*|data:|http:/);
    expect(csp.get('default-src')).toBe("'self'");
    const isFramed = FRAMED.includes(address);
    expect(csp.get('object-src')).toBe(isFramed ? "'self'" : "'none'");
    expect(csp.get('worker-src')).toBe("'self'");
    expect(csp.get('base-uri')).toBe("'none'");
    expect(csp.get('frame-ancestors')).toBe(isFramed ? "'self'" : "'none'");
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8}; includeSubDomains/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe(isFramed ? 'SAMEORIGIN' : 'DENY');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('has a nonce of its own', async () => {
    const nonces = await Promise.all(
      Array.from(
        { length: 50 },
        async () =>
          /'nonce-([^']+)'/.exec((await ask('/login')).headers.get('content-security-policy') ?? '')?.[1],
      ),
    );
    expect(new Set(nonces).size).toBe(50);
  });

  it('says no more than a sentence when it refuses', async () => {
    const large = await ask('/login', { method: 'POST', headers: { 'content-length': '9999999' } });
    expect(large.status).toBe(413);
    expect(large.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('that passes the middleware by has headers too, and only these pass it by', async () => {
    const inside = ['/favicon.ico', '/icon.svg', '/icon.svg.map', '/screenshots/today.webp', '/robots.txt'];
    const around = ['/api/stripe/webhook', '/api/queue/stream', '/_next/static/chunks/a.js'];
    const beside = ['/api/stripe/webhooks', '/api/stripe/webhook/x', '/api/queue/streams', '/_next/data'];
    for (const address of [...inside, ...beside]) expect(matches(address), address).toBe(true);
    for (const address of around) expect(matches(address), address).toBe(false);
    const given = (await nextConfig?.headers?.()) ?? [];
    expect(given.map(({ source }) => source).sort()).toEqual(
      ['/_next/static/:path*', ...SIGNED, ...STREAMS].sort(),
    );
    for (const { source, headers } of given) {
      const of = new Map(headers.map(({ key, value }) => [key, value]));
      expect(of.get('content-security-policy'), source).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(of.get('x-content-type-options'), source).toBe('nosniff');
      expect(of.get('x-frame-options'), source).toBe('DENY');
      // What a worker of the build may: it has no page, and its own origin alone to ask.
      const more = (of.get('content-security-policy') ?? '').split("frame-ancestors 'none'")[1];
      expect(more, source).toBe(
        source === '/_next/static/:path*' ? "; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'" : '',
      );
    }
  });
});

describe('a body', () => {
  it('that does not say how long it is reaches nobody who does not count it', async () => {
    const counted = [
      '/api/files',
      '/api/cashier/claims/papers',
      '/api/sales/papers',
      '/api/tickets/attachments',
      '/api/platform/tickets/attachments',
      '/api/platform/notes/attachments',
    ];
    const cookie = await sessionCookie();
    for (const address of [...pages, ...Object.keys(routes).map(addressOf)].map((one) => fill(one))) {
      const headers = { 'transfer-encoding': 'chunked', cookie };
      const answer = await ask(address, { method: 'POST', headers });
      if (counted.includes(address)) expect(answer.status, address).not.toBe(411);
      else expect(answer.status, address).toBe(411);
    }
  });

  it('of a stranger has at most 64 KB, and is not read before that is known', async () => {
    const cookie = await sessionCookie();
    const statusOf = async (address: string, headers: Record<string, string>) =>
      (await ask(address, { method: 'POST', headers })).status;
    for (const address of [...pages, ...Object.keys(routes).map(addressOf)].map((one) => fill(one))) {
      expect(await statusOf(address, { 'content-length': '65537' }), address).toBe(401);
      expect(await statusOf(address, { 'content-length': '65537', cookie }), address).not.toBe(401);
      expect(await statusOf(address, { 'content-length': '65536' }), address).not.toBe(401);
      expect([401, 411], address).toContain(await statusOf(address, { 'transfer-encoding': 'chunked' }));
    }
  });

  it('is read in one place, which counts', () => {
    const loose = Object.entries(sources).filter(
      ([file, text]) =>
        !file.endsWith('/read-body.ts') &&
        /\b(request|req)(\.clone\(\))?\.(text|json|formData|arrayBuffer|blob|bytes)\(/.test(text),
    );
    // next-auth's sign-in is handed a copy that was counted.
    expect(loose.map(([file]) => file)).toEqual(['/app/api/auth/[...nextauth]/route.ts']);
  });
});

describe('a page whose address is a key', () => {
  it('tells no other page its address', () => {
    const keys = Object.entries(sources).filter(([file]) => /^\/app\/.*\[token\].*\/page\.tsx$/.test(file));
    expect(keys.length).toBeGreaterThanOrEqual(9);
    const telling = keys.filter(([, text]) => !text.includes("referrer: 'no-referrer'"));
    expect(telling.map(([file]) => file)).toEqual([]);
  });
});

describe('the session cookie', () => {
  it('counts over https only with the prefix __Host-', async () => {
    const [, token = ''] = (await sessionCookie()).split(/=(.*)/);
    const withCookie = (name: string) => ask('/today', { headers: { cookie: `${name}=${token}` } });
    expect((await withCookie('__Host-next-auth.session-token')).status).toBe(200);
    for (const planted of ['next-auth.session-token', '__Secure-next-auth.session-token']) {
      const answer = await withCookie(planted);
      expect(answer.status, planted).toBe(307);
      expect(answer.headers.get('location')).toBe(`${OWN}/login?next=%2Ftoday`);
    }
  });
});

describe('cookies of the server', () => {
  it('are named in lib/cookie-names.ts alone and read through cookieName(), so that https gives them __Host-', () => {
    const loose = Object.entries(sources).filter(
      ([file, text]) =>
        !/cookie-names(\.test)?\.ts$/.test(file) &&
        /__(Host|Secure)-|['"`](chakravue|next-auth)\.[a-z-]+['"`]/.test(
          text.replace(/Symbol\.for\([^)]*\)/g, ''),
        ),
    );
    expect(loose.map(([file]) => file)).toEqual([]);
  });
});

describe('nothing is written into a page as it came', () => {
  const RAW =
    /dangerouslySetInnerHTML|\.(inner|outer)HTML\s*=|insertAdjacentHTML|document\.write|srcDoc|\beval\(|new Function\(|javascript:/;
  const written = Object.entries(sources).filter(([file]) => !/\.test\.tsx?$/.test(file));

  it('no raw HTML, no eval', () => {
    expect(written.length).toBeGreaterThan(1_000);
    expect(written.filter(([, text]) => RAW.test(text)).map(([file]) => file)).toEqual([]);
    for (const line of ['node.outerHTML = text', '<iframe srcDoc={text} />', "href={'javascript:go()'}"])
      expect(RAW.test(line), line).toBe(true);
  });

  it('no address out of data but those that were checked or that Stripe gave', () => {
    // What somebody typed never is an address that is followed: a link to `javascript:` would run.
    const linked = written.filter(([, text]) => /\b(href|src|action)=\{[^}]*\b\w*[uU]rl\b/.test(text));
    expect(linked.map(([file]) => file).sort()).toEqual([
      '/app/(public)/bill/[token]/page.tsx',
      '/features/subscription/plan-changes/ui/invoices-table.tsx',
      '/features/subscription/plan-changes/ui/notices.tsx',
      '/features/subscription/refunds/ui/money-section.tsx',
    ]);
  });

  it('nothing of a person in the browser’s storage: it has how tables, pages and labels look, and when somebody was there', () => {
    const KEEPS = /\b(localStorage|sessionStorage|indexedDB|caches)\b|document\.cookie\s*=/;
    expect(
      written
        .filter(([, text]) => KEEPS.test(text))
        .map(([file]) => file)
        .sort(),
    ).toEqual([
      '/components/layout/shortcuts.ts',
      '/components/ui/data-table.tsx',
      '/components/ui/theme.ts',
      '/features/dispensary/dispenses/ui/label-links.tsx',
      '/features/identity/account/ui/idle-watch.tsx',
    ]);
    const kept =
      Object.values(sources)
        .join('\n')
        .match(/localStorage\.setItem\([^,]+,/g) ?? [];
    expect([...new Set(kept)].sort()).toEqual([
      'localStorage.setItem(KEPT,',
      'localStorage.setItem(PLACE,',
      'localStorage.setItem(SEEN,',
      'localStorage.setItem(key,',
    ]);
  });
});

it('what runs in the browser fetches a schema with the first press, not with the page', () => {
  const VALUES = /^import (?!type )[^;]*?from '[^']*\/schema';$/gm;
  const isValue = (statement: string) =>
    !/\{[^}]*\}/.test(statement) ||
    (/\{([^}]*)\}/.exec(statement)?.[1] ?? '')
      .split(',')
      .some((name) => name.trim() && !/^\s*type /.test(name));
  const inBrowser = Object.entries(sources).filter(([, text]) => /^'use client'/.test(text));
  expect(inBrowser.length).toBeGreaterThan(200);
  expect(
    inBrowser.filter(([, text]) => (text.match(VALUES) ?? []).some(isValue)).map(([file]) => file),
  ).toEqual([]);
});
