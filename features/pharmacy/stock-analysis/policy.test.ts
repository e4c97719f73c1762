import { expect, it } from 'vitest';
import { abcClasses } from './policy';

it('puts what makes most of the money first, and what nobody uses last', () => {
  const used = new Map([
    ['small', 5],
    ['big', 60],
    ['next', 20],
    ['third', 15],
    ['never', 0],
    ['came back', -3],
  ]);
  expect(Object.fromEntries(abcClasses(used))).toEqual({
    ...{ big: 'A', next: 'A', third: 'B', small: 'C' },
    ...{ never: 'C', 'came back': 'C' },
  });
});

it('takes one that is nearly everything for A, and nothing for C', () => {
  expect(
    abcClasses(
      new Map([
        ['only', 99],
        ['rest', 1],
      ]),
    ).get('only'),
  ).toBe('A');
  expect([
    ...abcClasses(
      new Map([
        ['a', 0],
        ['b', 0],
      ]),
    ).values(),
  ]).toEqual(['C', 'C']);
});
