/// <reference types="vite/client" />
import { expect, it } from 'vitest';
import { z } from 'zod';
import { definitionOf } from '@/lib/actions/gated';
import { fieldsOf } from '@/tests/assertions/fields';

// What the worst text costs that a form may send: its time must grow with its length, not with its square.
type Exports = Record<string, unknown>;
const actionFiles = import.meta.glob<Exports>('/features/**/actions.ts', { eager: true });

const LENGTH = 30_000;
/** A hundred times what the slowest honest reading of so much takes here. */
const MOST_MS = 300;
/** Of the processor: a machine with other work is not slow for that. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};
const filled = (unit: string, end = ''): string =>
  unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH) + end;

const WORST = [
  filled(' ', 'x'),
  filled('\n'),
  filled('a\n'),
  filled('moxi > '),
  filled('1 ', '!'),
  filled('1', 'x'),
  filled('1,', 'x'),
  filled('a.', '@'),
  filled('@a', '.'),
  filled('-', '!'),
  filled('"', ','),
  filled('('),
  filled('\u0301'),
  '['.repeat(LENGTH),
  `[${filled('{},')}{}]`,
  `{"lines":[${filled('{},')}{}],"stops":[],"overrides":[]}`,
  `{"lines":[],"stops":[${filled('{},')}{}],"overrides":[]}`,
  `{"lines":[],"stops":[],"overrides":[${filled('{},')}{}]}`,
];

const inputs = Object.entries(actionFiles).flatMap(([file, exported]) =>
  Object.entries(exported).flatMap(([name, action]) => {
    const { input } = (definitionOf(action) ?? {}) as { input?: z.ZodType };
    return input instanceof z.ZodType ? [{ of: `${file} ${name}`, input }] : [];
  }),
);

it('reads every form', () => {
  expect(inputs.length).toBeGreaterThan(150);
});

it('in time that grows with what was sent', () => {
  const slow: string[] = [];
  for (const { of, input } of inputs)
    for (const field of Object.keys(fieldsOf(input)))
      for (const worst of WORST) {
        const read = (): number => {
          const before = cpuMs();
          input.safeParse({ [field]: worst });
          return cpuMs() - before;
        };
        // Twice where it was slow: the memory of what came before may have been tidied up meanwhile.
        const took = read();
        if (took > MOST_MS && read() > MOST_MS)
          slow.push(`${of} ${field}: ${Math.round(took)} ms of ${worst.slice(0, 20)}`);
      }
  expect(slow).toEqual([]);
}, 120_000);
