import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transposed } from '@/features/record/examinations/refraction';
import { type Lens, lensCells, measuredPupils, spectaclesProblem, sphericalEquivalent } from './policy';

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
    const secondPrism = { quarters: 3, base: 'up' as const };
    expect(lensCells({ sphere: 0, cylinder: 0, prism, secondPrism }).at(-1)).toBe(
      '1.50 base in, 0.75 base up',
    );
    expect(lensCells({ sphere: 0, cylinder: -3, axis: 90, add: 8, prism })).toEqual([
      'plano',
      '−0.75',
      '90°',
      '+2.00',
      '1.50 base in',
    ]);
  });
});

describe('the pupils of a measured set', () => {
  const lens = { sphere: 0, cylinder: 0 };
  it('are those of each eye where they were measured, and else half of both', () => {
    const set = { kind: 'subjective' as const, right: { ...lens, pdFar: 63 }, left: lens, pdFar: 120 };
    expect(measuredPupils(set, 'pdFar')).toEqual({ pupils: { right: 63 }, text: 'right 31.5 mm' });
    expect(measuredPupils({ kind: 'auto', pdFar: 126 }, 'pdFar')).toEqual({
      pupils: { right: 63, left: 63 },
      text: '63 mm for both eyes, halved',
    });
  });

  it('keep the whole of an odd distance, and say where the half went', () => {
    expect(measuredPupils({ kind: 'auto', pdNear: 125 }, 'pdNear')).toEqual({
      pupils: { right: 63, left: 62 },
      text: '62.5 mm for both eyes, halved, the half more to the right',
    });
    expect(measuredPupils({ kind: 'auto', pdNear: 125 }, 'pdFar')).toBeNull();
  });
});
