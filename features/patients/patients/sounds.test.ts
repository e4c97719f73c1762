import { describe, expect, it } from 'vitest';
import { likeness, soundsAlike } from './sounds';

describe('names that sound alike', () => {
  it.each([
    ['Lakshmi Iyer', 'Laxmi Iyer'],
    ['Ravi Chaudhary', 'Ravi Choudhury'],
    ['Mohammed Khan', 'Muhammad Khan'],
    ['Sunita Rawat', 'Suneeta Ravat'],
    ['Devi Prasad', 'Prasad Devi'],
    ['Vijay', 'Vijai'],
  ])('%s and %s', (a, b) => expect(soundsAlike(a, b)).toBe(true));

  it.each([
    ['Lakshmi Iyer', 'Lalita Iyer'],
    ['Ravi Kumar', 'Rama Kumar'],
    ['Anil', 'Nil'],
    ['', ''],
  ])('not %s and %s', (a, b) => expect(soundsAlike(a, b)).toBe(false));
});

describe('a likeness', () => {
  const person = { id: 'a', name: 'Sunita Rawat', dateOfBirth: '1960-02-03' };
  it('says why, and is none with oneself or with a stranger', () => {
    expect(likeness(person, { ...person, id: 'b' })).toBe('similar name, same birth year');
    expect(likeness(person, { ...person, id: 'b', dateOfBirth: '1990-01-01' })).toBe('similar name');
    expect(likeness(person, { id: 'b', name: 'Sunita Sharma', dateOfBirth: '1960-12-30' })).toBe(
      'a name in common, same birth year',
    );
    expect(likeness(person, { id: 'b', name: 'Sunita Sharma', dateOfBirth: '1961-01-01' })).toBeNull();
    expect(likeness(person, person)).toBeNull();
  });
});
