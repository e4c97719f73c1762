/// <reference types="vite/client" />
import { expect, it } from 'vitest';

// What somebody types stays as it is typed: a limit is said beside the field, and never applied in silence.
// Codes too: one that is pasted with a space before it would lose its last digit. And a number is never made
// of the digits alone of what was typed.

const screens = import.meta.glob<string>(['/app/**/*.tsx', '/components/**/*.tsx', '/features/**/*.tsx'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** What takes numbers alone; each element with its attributes, to the end of its tag. */
const numberFields = (source: string): string[] =>
  [...source.matchAll(/<(\w+)\b(?:=>|[^<>])*?inputMode="(?:numeric|decimal)"(?:=>|[^<>])*?\/>/g)].map(
    ([element]) => element,
  );

/** Handlers of what is typed, each to the end of its statement. */
const handlers = (source: string): string[] =>
  [...source.matchAll(/onChange=\{\(?[\s\S]*?\n?\s*\}\s*(?:\n|\/>|\w+=)/g)].map(([handler]) => handler);

const cutting = (source: string): string[] => [
  ...numberFields(source).filter((element) => /maxLength=\{\d\}/.test(element)),
  ...handlers(source).filter((handler) =>
    /Math\.(min|max)\(|\.slice\(0, ?\d+\)|replace\(\/(\\D|\[\^)/.test(handler),
  ),
];

it('no field of a number is cut while it is typed', () => {
  expect(Object.keys(screens).length).toBeGreaterThan(400);
  expect(Object.values(screens).flatMap(numberFields).length).toBeGreaterThan(40);
  const found = Object.entries(screens).flatMap(([file, source]) =>
    cutting(source).map((part) => `${file}: ${part}`),
  );
  expect(found).toEqual([]);
});

it.each([
  `<Input inputMode="numeric" maxLength={3} value={x} onChange={({ target }) => set(target.value)} />`,
  `<Input\n  value={x}\n  onChange={({ target }) => set(Math.min(Number(target.value), most))}\n/>`,
  `<Input\n  onChange={(event) => {\n    const digits = event.target.value.replace(/\\D/g, '');\n    set(digits);\n  }}\n/>`,
  `<Input inputMode="numeric" autoComplete="one-time-code" maxLength={7} />`,
  `<Input\n  onChange={(event) => {\n    const digits = event.target.value.slice(0, 3);\n    set(digits);\n  }}\n/>`,
])('would be found: %s', (source) => {
  expect(cutting(source)).toHaveLength(1);
});
