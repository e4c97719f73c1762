/// <reference types="vite/client" />
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { definitionOf, gateOf } from '@/lib/actions/gated';
import { addressOf, METHODS } from '@/tests/assertions/endpoints';
import { fieldsOf } from '@/tests/assertions/fields';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { platformPrincipal, staffPrincipal } from '@/tests/builders/principals';
import { request } from '@/tests/emulators/request';

// FUZZ_RUNS=500 node scripts/test.mjs service fuzz: the long form. A failure prints its seed and the smallest
// input.
const RUNS = Number(process.env.FUZZ_RUNS ?? 2);

let asked = 0;
request.headers = () => ({ 'x-forwarded-for': `10.${asked >> 8}.${asked++ & 255}.1` });
vi.stubEnv('__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS', 'true');

type Exports = Record<string, unknown>;
type Result = { status: string; code?: string };
type Action = (previous: unknown, form: unknown) => Promise<Result>;
type Handler = (request: Request, context: { params: Promise<Record<string, unknown>> }) => Promise<Response>;

const actionFiles = import.meta.glob<Exports>('/features/**/actions.ts');
const routeFiles = import.meta.glob<Exports>('/app/**/route.ts');

const CANARY = 'Canary-of-B';
let a: Awaited<ReturnType<typeof testOrganization>>;
let b: Awaited<ReturnType<typeof testOrganization>>;
const people: Record<string, unknown> = {};

beforeAll(async () => {
  a = await testOrganization({ maxUsers: null, plan: 'enterprise' });
  b = await testOrganization({ name: CANARY, maxUsers: null });
  await b.addStaff('doctor', `${CANARY} doctor`);
  people.staff = await staffPrincipal(a.organizationId, a.owner, 'owner');
  people.platform = platformPrincipal();
});
afterAll(async () => {
  await a.dispose();
  await b.dispose();
  await closeConnections();
});

const HOSTILE = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e',
  '💥'.repeat(50),
  '{"$ne":null}',
  '{"$gt":""}',
  '[object Object]',
  '$where',
  '$ne',
  '__proto__',
  'constructor',
  'toString',
  '0',
  '-1',
  '1e309',
  '-0',
  'NaN',
  'Infinity',
  '9007199254740993',
  '0x10',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  '+275760-09-13',
  '24:60',
  '../../etc/passwd',
  '%00',
  '%',
  '%ff',
  "' OR 1=1--",
  '<script>alert(1)</script>',
  '=cmd|calc',
  '.*',
  '(a+)+$',
  '['.repeat(200),
  'x'.repeat(100_000),
  '0'.repeat(24),
  'f'.repeat(24),
  'nonsense',
] as const;

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<string>(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 2 }) },
);
const name = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  '__proto__[]',
  'a[$ne]',
  '$where',
  '',
  'x[]',
);

/** A value that passes: so that one wrong field at a time gets past the schema into the service. */
function likely(field: string, schema: unknown): string {
  let json: { enum?: unknown[]; anyOf?: { enum?: unknown[] }[]; type?: string } = {};
  try {
    json = z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any' }) as typeof json;
  } catch {
    // A schema that JSON cannot say; its name decides.
  }
  const first = json.enum?.[0] ?? json.anyOf?.[0]?.enum?.[0];
  if (first !== undefined) return String(first);
  if (field === 'version' && json.type === 'string') return 'v'.repeat(22);
  if (/ids?$/i.test(field)) return '0'.repeat(24);
  if (/day|date|expires|from|until/i.test(field)) return '2030-01-07';
  if (/time/i.test(field)) return '10:00';
  if (/email/i.test(field)) return 'somebody@hospital.test';
  if (/phone/i.test(field)) return '9845012345';
  if (
    json.type === 'number' ||
    json.type === 'integer' ||
    /quantity|minutes|count|version|level/i.test(field)
  )
    return '1';
  return 'Something likely';
}

/** A list of ids is posted as `attachmentIds[]`. */
function postedName(field: string, schema: unknown): string {
  if (!/ids$/i.test(field)) return field;
  const { type } = z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any' });
  return type === 'array' ? `${field}[]` : field;
}

type Posted = [string, string | File][];
function form(schema: unknown): fc.Arbitrary<FormData> {
  const fields = Object.entries(fieldsOf(schema));
  const own = fields.map(([field, type]) =>
    fc.oneof(
      { weight: 5, arbitrary: fc.constant<Posted>([[postedName(field, type), likely(field, type)]]) },
      { weight: 4, arbitrary: text.map((value): Posted => [[field, value]]) },
      { weight: 1, arbitrary: fc.constant<Posted>([]) },
      {
        weight: 1,
        arbitrary: text.map(
          (value): Posted => [
            [`${field}[]`, value],
            [`${field}[]`, value],
          ],
        ),
      },
      {
        weight: 1,
        arbitrary: text.map(
          (value): Posted => [
            [`${field}[$ne]`, value],
            [`${field}.$gt`, value],
          ],
        ),
      },
      { weight: 1, arbitrary: fc.constant<Posted>([[field, new File(['x'.repeat(10)], '../x.html')]]) },
    ),
  );
  const extra = fc.array(fc.tuple(name, text), { maxLength: 3 });
  return fc.tuple(fc.tuple(...own), extra).map(([parts, more]) => {
    const posted = new FormData();
    for (const [key, value] of [...parts.flat(), ...more]) posted.append(key, value);
    return posted;
  });
}

const show = (posted: FormData): string =>
  JSON.stringify(
    [...posted].map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, 60) : 'file']),
  );

async function outcome(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && 'digest' in error && /^NEXT_/.test(String(error.digest)))
      return { status: 'left' };
    throw error;
  }
}

function judge(result: Result, said: string): void {
  expect(['ok', 'invalid', 'error', 'left'], said).toContain(result.status);
  expect(result.code, `${said}: ${JSON.stringify(result).slice(0, 300)}`).not.toBe('INTERNAL');
  expect(JSON.stringify(result), said).not.toContain(CANARY);
  // How a connection string begins may be explained; whose it is, never.
  expect(JSON.stringify(result), said).not.toMatch(/\n\s+at |node_modules|mongodb(\+srv)?:\/\/(?!user:)\w/);
}

const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));
const untouched = () => expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(before);

describe('hostile input never makes a bug of ours, and never shows another organization', () => {
  it.each(Object.keys(actionFiles))(
    'in any action of %s',
    async (file) => {
      for (const [exportName, exported] of Object.entries((await actionFiles[file]?.()) ?? {})) {
        const action = exported as Action;
        const kind = gateOf(action) ?? 'public';
        const definition = definitionOf(action) as { input?: unknown } | undefined;
        request.principal = people[kind] ?? null;
        for (const nothing of [
          undefined,
          null,
          'text',
          7,
          [],
          { __proto__: null },
          JSON.parse('{"__proto__":{"x":1}}'),
        ]) {
          judge(
            await outcome(() => action(nothing, nothing)),
            `${exportName} with ${JSON.stringify(nothing)}`,
          );
        }
        await fc.assert(
          fc.asyncProperty(form(definition?.input), async (posted) => {
            request.principal = people[kind] ?? null;
            judge(
              await outcome(() => action({ status: 'idle' }, posted)),
              `${exportName} with ${show(posted)}`,
            );
          }),
          { numRuns: RUNS },
        );
      }
      untouched();
    },
    30_000 + RUNS * 20_000,
  );

  it.each(Object.keys(routeFiles).filter((file) => !file.includes('[...nextauth]')))(
    'in %s',
    async (file) => {
      const exported = (await routeFiles[file]?.()) ?? {};
      const base = `http://127.0.0.1:3000${addressOf(file).replace(/\[[^\]]+\]/g, 'x')}`;
      const parameters = [...file.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)].map(([, one]) => one ?? '');
      const key = fc.oneof(
        name,
        fc.constantFrom(
          'q',
          'date',
          'doctorId',
          'patientId',
          'after',
          'before',
          'sort',
          'from',
          'to',
          'token',
          'id',
          'page',
          'status',
        ),
      );
      const query = fc.array(
        fc.tuple(
          key,
          text.map((value) => value.slice(0, 3_000)),
        ),
        { maxLength: 6 },
      );
      const body = fc.oneof(fc.json({ maxDepth: 3 }), text, fc.constant('{"__proto__":{"isAdmin":true}}'));
      for (const method of METHODS.filter((one) => one in exported)) {
        const handler = exported[method] as Handler;
        const kind = gateOf(handler) ?? 'public';
        request.principal = people[kind] ?? null;
        // The company knows the names of its customers, and nothing of what is inside.
        const canary = kind === 'platform' ? `${CANARY} doctor` : CANARY;
        await fc.assert(
          fc.asyncProperty(query, body, text, async (pairs, sent, id) => {
            const stop = new AbortController();
            const hasBody = method !== 'GET' && method !== 'HEAD';
            const asked = new Request(
              `${base}?${new URLSearchParams(pairs.map(([one, value]) => [one, value]))}`,
              {
                method,
                signal: stop.signal,
                ...(hasBody ? { body: sent, headers: { 'content-type': 'application/json' } } : {}),
              },
            );
            const params = Object.fromEntries(parameters.map((one) => [one, id]));
            const answer = await handler(asked, { params: Promise.resolve(params) });
            const said = `${method} ${asked.url.slice(0, 300)} ${hasBody ? sent.slice(0, 100) : ''}`;
            expect(answer.status, said).not.toBe(500);
            if (answer.headers.get('content-type')?.includes('event-stream')) await answer.body?.cancel();
            else expect(await answer.text(), said).not.toContain(canary);
            stop.abort();
          }),
          { numRuns: RUNS * 2 },
        );
      }
      untouched();
    },
    30_000 + RUNS * 5_000,
  );
});
