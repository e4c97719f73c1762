import { describe, expect, it } from 'vitest';
import { likeness, soundKeysOf, soundsAlike } from './sounds';

describe('names that sound alike', () => {
  it.each([
    ['Lakshmi Iyer', 'Laxmi Iyer'],
    ['Ravi Chaudhary', 'Ravi Choudhury'],
    ['Mohammed Khan', 'Muhammad Khan'],
    ['Sunita Rawat', 'Suneeta Ravat'],
    ['Devi Prasad', 'Prasad Devi'],
    ['Vijay', 'Vijai'],
    ['Lakhsmi Ayer', 'Lakshmy Iyer'],
    ['Gehlot', 'Gehlott'],
    ['Mohn Das', 'Mohan Das'],
    ['Saroj', 'सरोज'],
    ['Lakshmi', 'लक्ष्मी'],
    ['Sampat Singh', 'संपत सिंह'],
    ['Murugan', 'முருகன்'],
    ['Meenakshi', 'மீனாட்சி'],
    ['Lakshmi', 'லட்சுமி'],
    ['Nagesh', 'नागेश'],
    ['Ahmed Khan', 'अहमद खान'],
    ['Venkatesh', 'వెంకటేశ్'],
    ['Rajan', 'രാജൻ'],
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

it('what a name is found by where it is spelled otherwise is each pair of its sounds, and no single consonant', () => {
  expect(soundKeysOf('Lakshmi', 'Iyer')).toEqual(['lksm ar', 'ar lksm']);
  expect(soundKeysOf('Gehlott', '')).toEqual(['glt']);
  expect(soundKeysOf('Ravi', 'Ravi')).toEqual(['rb']);
  expect(soundKeysOf('Roy', 'Ya')).toEqual([]);
});
