import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDrawings } from './drawing-reader';
import { DRAWING_SIZE, drawingTexts, thinned, withoutEmpty } from './drawings';

const stroke = { ink: 'red' as const, stroke: [0, 0, 10, 10] };
const read = (value: unknown) => readDrawings(JSON.stringify(value));

describe('a drawing that comes with a form', () => {
  it('is kept as it was drawn, and nothing is kept of an empty one', () => {
    const all = { fundus: { right: [stroke, { stamp: 'haemorrhage', x: 200, y: 100 }] } };
    expect(read(all)).toEqual(all);
    expect(readDrawings('')).toEqual({});
    expect(withoutEmpty({ lens: { right: [], left: [] }, lids: { left: [stroke] } })).toEqual({
      lids: { left: [stroke] },
    });
  });

  it.each([
    ['no JSON', '{'],
    ['a list', []],
    ['another template', { brain: { right: [stroke] } }],
    ['a third eye', { fundus: { middle: [stroke] } }],
    ['a place outside', { fundus: { right: [{ ...stroke, stroke: [0, DRAWING_SIZE + 1] }] } }],
    ['half a point', { fundus: { right: [{ ...stroke, stroke: [0, 0, 1] }] } }],
    ['a fraction', { fundus: { right: [{ ...stroke, stroke: [0.5, 0] }] } }],
    ['an ink of its own', { fundus: { right: [{ ...stroke, ink: 'url(x)' }] } }],
    ['a stamp of another template', { lens: { right: [{ stamp: 'haemorrhage', x: 1, y: 1 }] } }],
    ['a stamp of the language', { lens: { right: [{ stamp: 'constructor', x: 1, y: 1 }] } }],
    ['more than it says', { fundus: { right: [{ ...stroke, style: 'x' }] } }],
    ['too many marks', { fundus: { right: Array.from({ length: 151 }, () => stroke) } }],
    ['too much', 'x'.repeat(60_001)],
  ])('is refused when it is %s', (_what, value) => {
    expect(typeof value === 'string' ? readDrawings(value) : read(value)).toHaveProperty('problem');
  });
});

it('keeps of any line what can be stored again', () => {
  const point = fc.tuple(
    fc.double({ min: -50, max: 500, noNaN: true }),
    fc.double({ min: -50, max: 500, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(point, { minLength: 1, maxLength: 900 }), (points) => {
      const line = thinned(points);
      expect(read({ lids: { left: [{ ink: 'ink', stroke: line }] } })).not.toHaveProperty('problem');
    }),
  );
});

it('is said in words, the stamps counted', () => {
  const spot = { stamp: 'haemorrhage', x: 1, y: 1 };
  const all = { fundus: { right: [spot, spot, { stamp: 'laser', x: 2, y: 2 }, stroke], left: [stroke] } };
  expect(drawingTexts(all)).toEqual([
    'Fundus, right eye: haemorrhage ×2, laser scar',
    'Fundus, left eye: drawn by hand',
  ]);
});
