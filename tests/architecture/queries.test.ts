/// <reference types="vite/client" />
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';

const files = import.meta.glob<Record<string, unknown>>('/features/**/schema.ts', { eager: true });
/** Asked by our own scripts and not by an address: they are told what is wrong (400). */
const ANSWERED = new Set(['freeTimesQuery', 'patientSearchQuery']);
const queries = Object.entries(files).flatMap(([file, exports]) =>
  Object.entries(exports).flatMap(([name, schema]) =>
    name.endsWith('Query') && !ANSWERED.has(name) && schema instanceof z.ZodObject
      ? [{ name: `${file} ${name}`, schema }]
      : [],
  ),
);

const HOSTILE = [
  '',
  ' ',
  '\u0000',
  '2026-99-99',
  '9999-12-31',
  '-1',
  '1e309',
  '$where',
  '__proto__',
  '%00',
  'a'.repeat(9_999),
];
const value = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...HOSTILE), { maxLength: 3 }),
  fc.constant(undefined),
);

it('finds the queries of pages', () => {
  expect(queries.length).toBeGreaterThan(10);
});

// Addresses are typed by hand, cut off by mail programs, and tried by strangers: what does not fit counts as
// not said.
it.each(queries)('$name takes any address', ({ schema }) => {
  fc.assert(
    fc.property(
      fc.record(Object.fromEntries(Object.keys(schema.shape).map((key) => [key, value]))),
      (query) => {
        expect(() => schema.parse(query)).not.toThrow();
      },
    ),
    { numRuns: 200 },
  );
});
