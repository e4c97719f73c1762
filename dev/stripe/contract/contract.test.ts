import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StripeEmulator, startStripeEmulator } from '../emulator';
import type { RecordedRequest } from '../record';
import { matchRoute, stripeRoutes } from '../routes';
import { newDataFile } from '../test-support';
import { callsIn, requestOf } from './calls';
import { startStripeMock } from './mock';
import { NEWER_FIELDS, NEWER_PARAMETERS } from './newer';
import { Specification } from './spec';
import { type Seen, tour } from './tour';

// Set by `node scripts/test.mjs contract`, which finds or installs Stripe's mock and says so where it cannot.
const { STRIPE_MOCK_BINARY = '', STRIPE_SPEC_FILE = '', STRIPE_RECORD = '' } = process.env;

const routeOf = (method: string, path: string): string => {
  const found = matchRoute(stripeRoutes, method, path);
  return found ? `${found.route.method} ${found.route.path.replace(':second', ':id')}` : `${method} ${path}`;
};

/**
 * The names of the parameters, without the places in lists: what makes two requests different for a
 * validator.
 */
const shapeOf = ({ method, path, query, body }: Omit<RecordedRequest, 'version'>): string => {
  const names = [...new URLSearchParams([query, body].filter(Boolean).join('&'))].map(
    ([name, value]) =>
      `${name.replace(/\[(\d+)\]/g, '[]').replace(/(metadata)\[.*/, '$1')}=${/^[a-z_]{3,40}$/.test(value) ? value : ''}`,
  );
  return `${routeOf(method, path)} ${[...new Set(names)].sort().join('&')}`;
};

function recorded(): RecordedRequest[] {
  if (!STRIPE_RECORD || !existsSync(STRIPE_RECORD)) return [];
  return readFileSync(STRIPE_RECORD, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Without the parameters that Stripe has added since the specification of its mock. */
function withoutNewer(text: string, route: string): string {
  const kept = [...new URLSearchParams(text)].filter(([name]) => !NEWER_PARAMETERS[route]?.includes(name));
  return new URLSearchParams(kept).toString();
}

describe.skipIf(!STRIPE_MOCK_BINARY || !STRIPE_SPEC_FILE)('the emulator and Stripe’s specification', () => {
  let emulator: StripeEmulator;
  let mock: Awaited<ReturnType<typeof startStripeMock>>;
  let seen: Seen[];
  beforeAll(async () => {
    mock = await startStripeMock(STRIPE_MOCK_BINARY);
    emulator = await startStripeEmulator({ dataFile: newDataFile() });
    seen = await tour(emulator.url);
  });
  afterAll(async () => {
    await emulator.stop();
    await mock.stop();
  });

  /** What Stripe's mock says against requests; each shape is asked once. */
  async function refusals(requests: readonly Omit<RecordedRequest, 'version'>[]): Promise<string[]> {
    const shapes = new Map(requests.map((request) => [shapeOf(request), request]));
    const refused: string[] = [];
    for (const [shape, { method, path, query, body }] of shapes) {
      const route = routeOf(method, path);
      const [search, form] = [query, body].map((text) => withoutNewer(text, route));
      const answer = await fetch(`${mock.url}${path}${search ? `?${search}` : ''}`, {
        method,
        headers: {
          authorization: 'Bearer sk_test_contract',
          ...(method === 'GET' ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(form ? { body: form } : {}),
      });
      const text = await answer.text();
      if (!answer.ok) refused.push(`${shape}: ${text.replace(/\s+/g, ' ').slice(0, 400)}`);
    }
    return refused;
  }

  it('the mock refuses what Stripe would refuse', async () => {
    const wrong = { method: 'POST', path: '/v1/customers', query: '', body: 'nme=A' };
    expect(await refusals([wrong])).toHaveLength(1);
  });

  it('the tour goes over every route of the emulator', () => {
    const visited = new Set(seen.map(({ method, path }) => routeOf(method, path)));
    const all = stripeRoutes.map(({ method, path }) => `${method} ${path.replace(':second', ':id')}`);
    expect(all.filter((route) => !visited.has(route))).toEqual([]);
  });

  it('Stripe accepts each request of the tour, so the emulator asks for nothing of its own', async () => {
    expect(await refusals(seen)).toEqual([]);
  });

  it.skipIf(!STRIPE_RECORD)('Stripe accepts each request that the app made in its tests', async () => {
    const requests = recorded();
    expect(requests.length).toBeGreaterThan(0);
    expect(await refusals(requests)).toEqual([]);
  });

  it('the tour makes each call that is in the app’s source', async () => {
    const visited = new Set(seen.map(({ method, path }) => routeOf(method, path)));
    const calls = callsIn(['app', 'features', 'server', 'lib', 'scripts', 'dev/seed', 'dev/pilot']);
    expect(calls).toContain('checkout.sessions.create');
    const missing: string[] = [];
    for (const call of calls) {
      const request = await requestOf(call);
      if (!visited.has(request)) missing.push(`${call} (${request})`);
    }
    expect(missing).toEqual([]);
  });

  it('each answer and each event’s object has Stripe’s fields, types and values', () => {
    const specification = new Specification(STRIPE_SPEC_FILE, NEWER_FIELDS);
    const problems = new Set<string>();
    const check = (value: unknown, where: string) => {
      for (const problem of specification.problemsOf(value)) problems.add(`${where}: ${problem}`);
    };
    for (const { method, path, answer } of seen) {
      const where = routeOf(method, path);
      if (!isObject(answer)) throw new Error(`${where} answered ${String(answer)}`);
      if ('error' in answer) throw new Error(`${where} failed: ${JSON.stringify(answer)}`);
      const values = answer.object === 'list' && Array.isArray(answer.data) ? answer.data : [answer];
      for (const value of values) {
        check(value, where);
        if (isObject(value) && value.object === 'event' && isObject(value.data))
          check(value.data.object, String(value.type));
      }
    }
    expect([...problems].sort()).toEqual([]);
    // An exception that nothing needs any more would hide a mistake.
    expect(NEWER_FIELDS.filter((name) => !specification.usedNewer.has(name))).toEqual([]);
  });
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
