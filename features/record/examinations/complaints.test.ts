import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complaintText, readSince } from './complaints';

describe('since when', () => {
  it.each([
    ['3d', '3 days'],
    ['1 wk', '1 week'],
    ['since 2 months', '2 months'],
    ['for 5 hrs', '5 hours'],
    ['1Y', '1 year'],
    ['childhood', 'childhood'],
    ['birth', 'birth'],
    ['3/7', '3 days'],
    ['6/12', '6 months'],
    ['2 mnths', '2 months'],
    ['1 mon', '1 month'],
    ['30 min', '30 minutes'],
    ['3 days ago', '3 days'],
    ['2 weeks back', '2 weeks'],
    ['2019', '2019'],
    ['March 2024', 'March 2024'],
  ])('%s is %s', (typed, text) => expect(readSince(typed)).toBe(text));

  it.each(['3', '-1 week', '−2 d', '0 days', '400 days', '3 moons', 'x'.repeat(41)])(
    '"%s" is asked about',
    (typed) => expect(readSince(typed)).toHaveProperty('problem'),
  );

  it('comes back as it was from what is shown', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 96 }),
        fc.constantFrom('h', 'd', 'w', 'm', 'y'),
        (count, unit) => {
          const once = readSince(`${count}${unit}`);
          expect(typeof once === 'string' ? readSince(once) : once).toEqual(once);
          expect(once).not.toHaveProperty('problem');
        },
      ),
    );
  });
});

it('is one line, with the eye and what changes it', () => {
  expect(complaintText({ what: 'Headache', side: 'none' })).toBe('Headache');
  const all = { since: '3 days', worse: 'Near work, Dust', better: 'Rest', note: 'after a fall' };
  expect(complaintText({ what: 'Blurred vision', side: 'left', ...all })).toBe(
    'Blurred vision, left eye, for 3 days, worse: near work, dust, better: rest, after a fall',
  );
  const shown = (since: string) => complaintText({ what: 'Squint', side: 'none', since });
  expect(['2019', '12 March', '1y6m', '2 to 3 weeks', '1½ years'].map(shown)).toEqual([
    'Squint, since 2019',
    'Squint, since 12 March',
    'Squint, for 1y6m',
    'Squint, for 2 to 3 weeks',
    'Squint, for 1½ years',
  ]);
  expect(complaintText({ what: 'Squint', side: 'right', since: 'birth' })).toBe(
    'Squint, right eye, since birth',
  );
});
