import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transposed } from '@/features/record/examinations/refraction';
import { axesApart, changeText, lensChange } from './lens-change';

const lens = fc
  .record({
    sphere: fc.integer({ min: -80, max: 80 }),
    cylinder: fc.integer({ min: -40, max: 40 }),
    axis: fc.integer({ min: 1, max: 180 }),
  })
  .map(({ axis, ...rest }) => (rest.cylinder === 0 ? rest : { ...rest, axis }));

describe('what changes in a lens', () => {
  it.each([
    [{ sphere: -4, cylinder: 0 }, { sphere: -6, cylinder: 0 }, ['sphere −0.50']],
    [{ sphere: -4, cylinder: 0 }, { sphere: -4, cylinder: 0 }, []],
    [
      { sphere: -4, cylinder: -2, axis: 90 },
      { sphere: -4, cylinder: -3, axis: 100, add: 4 },
      ['cylinder −0.25', 'axis 090° to 100°', 'add +1.00'],
    ],
    [
      { sphere: 2, cylinder: 0, add: 8 },
      { sphere: 2, cylinder: -2, axis: 180, add: 6 },
      ['cylinder −0.50', 'add −0.50'],
    ],
  ])('from %o to %o is %o', (worn, next, said) => expect(lensChange(worn, next)).toEqual(said));

  it('is nothing between a lens and its other notation, whatever it is', () => {
    fc.assert(
      fc.property(lens, (one) => {
        expect(lensChange(one, transposed(one))).toEqual([]);
      }),
    );
  });

  it('is said of each eye that has a lens in both', () => {
    const [plano, minus] = [
      { sphere: 0, cylinder: 0 },
      { sphere: -4, cylinder: 0 },
    ];
    expect(changeText({ right: plano, left: plano }, { right: minus, left: plano })).toBe(
      'R sphere −1.00; L no change',
    );
    expect(changeText({ right: plano }, { left: plano })).toBe('');
  });

  it('knows that 5 and 175 degrees are ten apart', () => {
    expect(axesApart(5, 175)).toBe(10);
    expect(axesApart(180, 90)).toBe(90);
    expect(axesApart(90, 90)).toBe(0);
  });
});
