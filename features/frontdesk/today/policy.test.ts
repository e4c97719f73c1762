import { describe, expect, it } from 'vitest';
import { greetingAt } from './policy';

describe('the start of the day', () => {
  it.each([
    ['00:10', 'Good evening'],
    ['04:00', 'Good morning'],
    ['11:59', 'Good morning'],
    ['12:00', 'Good afternoon'],
    ['16:59', 'Good afternoon'],
    ['17:00', 'Good evening'],
  ])('at %s says %s', (time, greeting) => expect(greetingAt(time)).toBe(greeting));
});
