import { describe, expect, it } from 'vitest';
import { splitPaid } from './policy';

describe('what was paid by a link', () => {
  it.each([
    ['goes to its bill', 500, 500, { toBillMinor: 500, overMinor: 0 }],
    ['or a part of it', 500, 700, { toBillMinor: 500, overMinor: 0 }],
    ['is an advance for what is due no more', 500, 200, { toBillMinor: 200, overMinor: 300 }],
    ['all of it where nothing is due', 500, 0, { toBillMinor: 0, overMinor: 500 }],
    ['and where the hospital owes', 500, -50, { toBillMinor: 0, overMinor: 500 }],
  ])('%s', (_name, paid, due, expected) => {
    expect(splitPaid(paid, due)).toEqual(expected);
  });
});
