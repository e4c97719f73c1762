/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';
import middleware from '@/middleware.ts?raw';

// Traces that a change leaves behind: words about what is gone, or in two places where one was meant.
const sources = import.meta.glob<string>(
  [
    '/app/**/*.{ts,tsx}',
    '/components/**/*.{ts,tsx}',
    '/features/**/*.{ts,tsx}',
    '/lib/**/*.ts',
    '/server/**/*.ts',
    '/dev/**/*.ts',
  ],
  { query: '?raw', import: 'default', eager: true },
);
const clinic = Object.keys(import.meta.glob('/app/[(]clinic[)]/**/page.tsx'));

/** A comment that stands above another comment describes nothing. */
const ORPHAN = /^[ \t]*\/\*\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*\n[ \t]*\/\*\*/m;

describe('what is written down is about something that exists', () => {
  it('has what it describes under each doc comment', () => {
    const orphaned = Object.entries(sources).filter(([, text]) => ORPHAN.test(text));
    expect(orphaned.map(([file]) => file)).toEqual([]);
  });

  it('finds a doc comment that lost what it described', () => {
    expect(ORPHAN.test('/** One. */\n/** Two. */\nconst two = 2;')).toBe(true);
    expect(ORPHAN.test('/** One. */\nconst one = 1;\n/** Two. */\nconst two = 2;')).toBe(false);
  });

  it('says in one place how the id of a record is written', () => {
    // The id of an organization of Atlas looks the same and is another thing.
    const places = Object.entries(sources).filter(
      ([file, text]) => !file.endsWith('.test.ts') && /\/\^\(?\[0-9a-f\]\{24\}\)?\??\$\//.test(text),
    );
    expect(places.map(([file]) => file).sort()).toEqual(['/lib/env.ts', '/lib/object-id.ts']);
  });

  it('sends people without a session to the sign-in from each part of the clinic, and from no part that does not exist', () => {
    const guarded = /CLINIC =\s+\/\^\\\/\(([a-z|-]+)\)/.exec(middleware)?.[1]?.split('|') ?? [];
    const parts = new Set(clinic.map((file) => file.split('/')[3]));
    expect(guarded.length).toBeGreaterThan(5);
    expect([...guarded].sort()).toEqual([...parts].sort());
  });
});
