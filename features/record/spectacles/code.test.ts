import fc from 'fast-check';
import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { CODED, glassesCode, readGlassesCode } from './code';
import { COATINGS, INDEXES, MATERIALS, TINTS, USES } from './lens-details';
import { KINDS, type Lens, type Spectacles, spectaclesProblem } from './policy';

const across = (base: string, isFirst: boolean) =>
  base === 'up' || base === 'down' ? (isFirst ? 'in' : 'out') : isFirst ? 'up' : 'down';
const lens: fc.Arbitrary<Lens> = fc
  .record({
    sphere: fc.integer({ min: -120, max: 120 }),
    cylinder: fc.integer({ min: -40, max: 40 }),
    axis: fc.integer({ min: 1, max: 180 }),
    add: fc.option(fc.integer({ min: 1, max: 16 }), { nil: undefined }),
    middleAdd: fc.option(fc.integer({ min: 1, max: 15 }), { nil: undefined }),
    prism: fc.option(
      fc.record({
        quarters: fc.integer({ min: 1, max: 80 }),
        base: fc.constantFrom('up', 'down', 'in', 'out'),
      }),
      { nil: undefined },
    ),
    second: fc.option(fc.record({ quarters: fc.integer({ min: 1, max: 80 }), isFirst: fc.boolean() }), {
      nil: undefined,
    }),
  })
  .map(({ sphere, cylinder, axis, add, middleAdd, prism, second }) => ({
    ...{ sphere, cylinder },
    ...(cylinder === 0 ? {} : { axis }),
    ...(add === undefined ? {} : { add }),
    ...(middleAdd === undefined ? {} : { middleAdd }),
    ...(prism ? { prism } : {}),
    ...(prism && second
      ? { secondPrism: { quarters: second.quarters, base: across(prism.base, second.isFirst) } }
      : {}),
  }));
const pupil = fc.option(fc.integer({ min: 40, max: 90 }), { nil: undefined });
const pupils = fc.option(
  fc
    .record({ right: pupil, left: pupil })
    .filter(({ right, left }) => right !== undefined || left !== undefined),
  { nil: undefined },
);
const one = <T>(of: readonly T[]) => fc.option(fc.constantFrom(...of), { nil: undefined });
const glasses = fc
  .record({
    right: fc.option(lens, { nil: undefined }),
    left: fc.option(lens, { nil: undefined }),
    pupils: fc.record({ right: pupil, left: pupil }),
    kind: fc.constantFrom(...CODED.kinds),
    material: one(CODED.materials),
    index: one(CODED.indexes),
    coatings: fc.option(fc.subarray([...CODED.coatings], { minLength: 1 }), { nil: undefined }),
    tint: one(CODED.tints),
    use: one(CODED.uses),
    middlePupils: pupils,
    nearPupils: pupils,
    validMonths: fc.integer({ min: 1, max: 60 }),
    vertexMm: fc.option(fc.integer({ min: 8, max: 18 }), { nil: undefined }),
  })
  .map(
    ({ pupils, ...given }): Spectacles => ({
      // What was left out is left out: undefined and absent are one.
      ...{ advice: 'glasses', ...JSON.parse(JSON.stringify({ pupils, ...given })) },
    }),
  )
  .filter((given) => spectaclesProblem(given) === null);
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the code of glasses', () => {
  it('says what was prescribed, whatever it is, also when a scanner types small letters', () => {
    fc.assert(
      fc.property(glasses, day, fc.boolean(), (spectacles, on, isSmall) => {
        const code = glassesCode(spectacles, on) ?? '';
        expect(code).toMatch(/^[0-9A-Z.]+$/);
        const read = readGlassesCode(isSmall ? ` ${code.toLowerCase()}\n` : code);
        expect(read).toEqual({ day: on, spectacles: JSON.parse(JSON.stringify(spectacles)) });
      }),
    );
  });

  it('has a place for each word of each list', () => {
    expect([...CODED.kinds].sort()).toEqual(Object.keys(KINDS).sort());
    expect([...CODED.materials].sort()).toEqual(Object.keys(MATERIALS).sort());
    expect([...CODED.indexes].sort()).toEqual(Object.keys(INDEXES).sort());
    expect([...CODED.coatings].sort()).toEqual(Object.keys(COATINGS).sort());
    expect([...CODED.tints].sort()).toEqual(Object.keys(TINTS).sort());
    expect([...CODED.uses].sort()).toEqual(Object.keys(USES).sort());
  });

  it('is read as it was printed in the first format', () => {
    expect(readGlassesCode('CVG1.3.20261129.12.1.SN5CN2A90D8B6IP63.S0')).toEqual({
      day: '2026-11-29',
      spectacles: {
        ...{ advice: 'glasses', kind: 'bifocal', material: 'cr-39', validMonths: 12 },
        right: { sphere: -5, cylinder: -2, axis: 90, add: 8, prism: { quarters: 6, base: 'in' } },
        left: { sphere: 0, cylinder: 0 },
        pupils: { right: 63 },
      },
    });
  });

  it('is read as it was printed in the second format, with what the lenses are made of', () => {
    const code = 'CVG2.5.20261130.24.5.SN5CN2A90D8M4P63Q62R61.S0D8M4.5.AU.1.2';
    const spectacles: Spectacles = {
      ...{ advice: 'glasses', kind: 'progressive', material: 'trivex', validMonths: 24, index: '1.60' },
      ...{ coatings: ['anti-reflection', 'uv'], tint: 'photochromic-grey', use: 'far' },
      right: { sphere: -5, cylinder: -2, axis: 90, add: 8, middleAdd: 4 },
      left: { sphere: 0, cylinder: 0, add: 8, middleAdd: 4 },
      ...{ pupils: { right: 63 }, middlePupils: { right: 62 }, nearPupils: { right: 61 } },
    };
    expect(readGlassesCode(code)).toEqual({ day: '2026-11-30', spectacles });
  });

  it('says a second prism and the vertex distance in the third format', () => {
    const code = 'CVG3.1.20261130.12.0.SN5B6IE4U.S0B2UE3O.....14';
    const spectacles: Spectacles = {
      ...{ advice: 'glasses', kind: 'distance', validMonths: 12, vertexMm: 14, pupils: {} },
      right: {
        ...{ sphere: -5, cylinder: 0 },
        ...{ prism: { quarters: 6, base: 'in' }, secondPrism: { quarters: 4, base: 'up' } },
      },
      left: {
        ...{ sphere: 0, cylinder: 0 },
        ...{ prism: { quarters: 2, base: 'up' }, secondPrism: { quarters: 3, base: 'out' } },
      },
    };
    expect(glassesCode(spectacles, '2026-11-30')).toBe(code);
    expect(readGlassesCode(code)).toEqual({ day: '2026-11-30', spectacles });
  });

  it.each([
    ['a coating that there is none of', 'CVG2.1.20261129.12.0.SN5.S0..X..'],
    ['the same coating twice', 'CVG2.1.20261129.12.0.SN5.S0..AA..'],
    ['an index beyond the list', 'CVG2.1.20261129.12.0.SN5.S0.99...'],
    ['one without its end', 'CVG2.1.20261129.12.0.SN5.S0.1'],
    ['a later format', 'CVG4.1.20261129.12.0.SN5.S0.....'],
    ['a name that every object has', 'constructor.1.20261129.12.0.SN5.S0'],
    ['the second format with a vertex distance', 'CVG2.1.20261129.12.0.SN5.S0.....12'],
    ['a lens in the eye', 'CVG3.1.20261129.12.0.SN5.S0.....2'],
    ['two prisms in one direction', 'CVG3.1.20261129.12.0.SN5B6IE4O.S0.....'],
    ['a second prism without a first', 'CVG3.1.20261129.12.0.SN5E4U.S0.....'],
    ['a day that is none', 'CVG1.1.20260230.12.0.SN5.S0'],
    ['an axis that is none', 'CVG1.1.20261129.12.0.SN5CN2A190.S0'],
    ['a power that nobody prescribes', 'CVG1.1.20261129.12.0.SN121.S0'],
    ['no lens', 'CVG1.1.20261129.12.0..'],
    ['something behind it', 'CVG1.1.20261129.12.0.SN5.S0.X'],
    ['a cut one', 'CVG1.1.20261129.12.0'],
    ['no code', 'Ravi Kumar'],
    ['nothing', ''],
  ])('is not read from %s', (_what, typed) => {
    expect(readGlassesCode(typed)).toBeNull();
  });

  it('is none where no glasses are advised, and small enough to be scanned off a paper', () => {
    expect(glassesCode({ advice: 'none' }, '2026-11-29')).toBeNull();
    const far: Lens = {
      sphere: -120,
      cylinder: -40,
      axis: 180,
      add: 16,
      middleAdd: 15,
      prism: { quarters: 80, base: 'out' },
      secondPrism: { quarters: 80, base: 'down' },
    };
    const most: Spectacles = {
      ...{
        advice: 'glasses',
        kind: 'progressive',
        material: 'high-index',
        validMonths: 60,
        index: '1.74',
        vertexMm: 14,
      },
      ...{ coatings: CODED.coatings, tint: 'polarised', use: 'safety' },
      ...{ right: far, left: far, pupils: { right: 90, left: 90 } },
      ...{ middlePupils: { right: 90, left: 90 }, nearPupils: { right: 90, left: 90 } },
    };
    // 74 points wide, a dot of it is about half a millimetre.
    expect(encode(glassesCode(most, '2026-11-29') ?? '', { border: 2 }).size).toBeLessThanOrEqual(45);
  });
});
