import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transposed } from '@/features/record/examinations/refraction';
import { type Lens, lensCells, spectaclesProblem, sphericalEquivalent } from './policy';

const lens = fc.record({
  sphere: fc.integer({ min: -120, max: 120 }),
  cylinder: fc.integer({ min: -40, max: 40 }).filter((quarters) => quarters !== 0),
  axis: fc.integer({ min: 1, max: 180 }),
});

describe('transposing', () => {
  it('twice gives the lens back, and never changes its spherical equivalent', () => {
    fc.assert(
      fc.property(lens, (one) => {
        expect(transposed(transposed(one))).toEqual(one);
        expect(sphericalEquivalent(transposed(one))).toBe(sphericalEquivalent(one));
        const { axis } = transposed(one);
        expect(axis >= 1 && axis <= 180).toBe(true);
      }),
    );
  });

  it.each<[Lens, Lens]>([
    [
      { sphere: -4, cylinder: -8, axis: 90 },
      { sphere: -12, cylinder: 8, axis: 180 },
    ],
    [
      { sphere: 4, cylinder: 2, axis: 180 },
      { sphere: 6, cylinder: -2, axis: 90 },
    ],
    [
      { sphere: 4, cylinder: 0 },
      { sphere: 4, cylinder: 0 },
    ],
  ])('%o', (from, to) => {
    expect(transposed(from)).toEqual(to);
  });
});

describe('a prescription of glasses', () => {
  const glasses = { advice: 'glasses' as const, kind: 'distance' as const, validMonths: 12 };
  it.each([
    [{ ...glasses }, /lens of an eye/],
    [{ ...glasses, kind: 'bifocal' as const, right: { sphere: 4, cylinder: 0 } }, /need an addition/],
    [{ ...glasses, right: { sphere: 4, cylinder: 0, add: 8 } }, /An addition is written/],
  ])('lacks something', (given, problem) => {
    expect(spectaclesProblem(given)).toMatch(problem);
  });

  it('may be that there are none', () => {
    expect(spectaclesProblem({ advice: 'none' })).toBeNull();
    expect(
      spectaclesProblem({ ...glasses, kind: 'progressive', left: { sphere: 0, cylinder: 0, add: 8 } }),
    ).toBeNull();
  });

  it('is written in the boxes of the paper', () => {
    const prism = { quarters: 6, base: 'in' as const };
    expect(lensCells({ sphere: 0, cylinder: -3, axis: 90, add: 8, prism })).toEqual([
      'plano',
      '−0.75',
      '90°',
      '+2.00',
      '1.50 base in',
    ]);
  });
});
