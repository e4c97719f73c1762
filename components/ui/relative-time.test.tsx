import { describe, expect, it } from 'vitest';
import { relative } from './relative-time';

const now = Date.parse('2026-11-23T12:00:00Z');

describe('relative', () => {
  it.each([
    ['2026-11-23T11:59:31Z', 'just now'],
    ['2026-11-23T11:55:00Z', '5 minutes ago'],
    ['2026-11-23T09:01:00Z', '2 hours ago'],
    ['2026-11-22T11:00:00Z', 'yesterday'],
    ['2026-11-25T13:00:00Z', 'in 2 days'],
    ['2025-11-20T12:00:00Z', 'last year'],
  ])('says how far %s is', (instant, words) => {
    expect(relative(new Date(instant), now)).toBe(words);
  });
});
