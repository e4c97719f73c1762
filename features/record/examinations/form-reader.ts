import type { z } from 'zod';

type Problem = { problem: string };
const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'problem' in value;

const MOST_CHARACTERS = 200;
// biome-ignore lint/suspicious/noControlCharactersInRegex: refused on purpose
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/**
 * Reads the many small boxes of an examination by their names. What cannot be read leaves a sentence beside
 * its box and counts as empty.
 */
export function readerOf(given: Record<string, unknown>, ctx: z.RefinementCtx) {
  const refuse = (name: string, message: string): undefined => {
    ctx.addIssue({ code: 'custom', path: [name], message });
    return undefined;
  };
  const text = (name: string): string => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined) return '';
    if (typeof value !== 'string') {
      refuse(name, 'Write one text.');
      return '';
    }
    const trimmed = value.trim();
    if (trimmed.length > MOST_CHARACTERS) refuse(name, `Use at most ${MOST_CHARACTERS} characters.`);
    else if (CONTROL.test(trimmed)) refuse(name, 'Remove the characters that cannot be read.');
    else return trimmed;
    return '';
  };
  return {
    refuse,
    text,
    /** What `parse` makes of a box; undefined for an empty one and for one that it refuses. */
    read: <T>(name: string, parse: (typed: string) => T | Problem): T | undefined => {
      const typed = text(name);
      if (typed === '') return undefined;
      const value = parse(typed);
      return isProblem(value) ? refuse(name, value.problem) : value;
    },
    /** One of a list, or nothing. */
    choice: <T extends string>(name: string, choices: readonly T[]): T | undefined => {
      const typed = text(name);
      if (typed === '') return undefined;
      return choices.find((one) => one === typed) ?? refuse(name, 'Choose one from the list.');
    },
  };
}
export type FormReader = ReturnType<typeof readerOf>;

/** The entries that have a value, as an object: nothing is stored where nothing was written. */
export function known<K extends string, V>(
  keys: readonly K[],
  read: (key: K) => V | undefined,
): Partial<Record<K, V>> {
  const found: Partial<Record<K, V>> = {};
  for (const key of keys) {
    const value = read(key);
    if (value !== undefined) found[key] = value;
  }
  return found;
}
