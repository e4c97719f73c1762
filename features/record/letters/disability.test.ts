import { describe, expect, it } from 'vitest';
import { readAcuity } from '@/features/record/examinations/acuity-reading';
import { NO_MEASUREMENTS } from '@/features/record/examinations/policy';
import { type Best, bestCorrected, type FieldLimit, gradeOf, gradeText } from './disability';

const read = (text: string) => {
  const acuity = readAcuity(text);
  if ('problem' in acuity) throw new Error(acuity.problem);
  return acuity;
};
const grade = (right: string, left: string, fields: [FieldLimit, FieldLimit] = ['full', 'full']) =>
  gradeOf({ right: read(right), left: read(left) }, { right: fields[0], left: fields[1] });
const said = (right: string, left: string, fields?: [FieldLimit, FieldLimit]) => {
  const found = grade(right, left, fields);
  return 'problem' in found ? found.problem : gradeText(found);
};

describe('how much of sight is lost', () => {
  // Each row of the table, from its better end and from its worse one.
  it.each([
    ['6/6', '6/18', '0 percent, category 0'],
    ['6/18', '6/24', '10 percent, category 0'],
    ['6/6', '6/60', '10 percent, category 0'],
    ['6/9', '3/60', '20 percent, category I'],
    ['6/6', '2/60', '30 percent, category II (one-eyed person)'],
    ['6/18', 'NPL', '30 percent, category II (one-eyed person)'],
    ['6/6', 'eye absent', '30 percent, category II (one-eyed person)'],
    ['6/24', '6/60', '40 percent, category III a (low vision)'],
    ['6/36', 'CF 3 m', '50 percent, category III b (low vision)'],
    ['6/60', 'CF close to face', '60 percent, category III c (low vision)'],
    ['3/60', '3/60', '70 percent, category III d (low vision)'],
    ['CF 3 m', 'PL', '80 percent, category III e (low vision)'],
    ['1/60', '2/60', '90 percent, category IV a (blindness)'],
    ['CF 1 m', 'NPL', '90 percent, category IV a (blindness)'],
    ['HM close to face', 'PL', '100 percent, category IV b (blindness)'],
    ['NPL', 'eye absent', '100 percent, category IV b (blindness)'],
  ])('%s and %s are %s, whichever eye it is', (better, other, expected) => {
    expect(said(better, other)).toBe(expected);
    expect(said(other, better)).toBe(expected);
  });

  it.each([
    ['forty', '40 percent, category III a (low vision)'],
    ['hemianopia', '40 percent, category III a (low vision)'],
    ['twenty', '70 percent, category III d (low vision)'],
    ['ten', '90 percent, category IV a (blindness)'],
  ] as const)('counts a field of both eyes: %s is %s', (field, expected) => {
    expect(said('6/6', '6/9', [field, field])).toBe(expected);
  });

  it('looks at the field of the better eye alone, and never at one that was not tested', () => {
    expect(said('6/6', '6/6', ['full', 'ten'])).toBe('0 percent, category 0');
    expect(said('6/6', '6/60', ['ten', 'full'])).toBe('40 percent, category III a (low vision)');
    expect(said('6/6', '6/6', ['untested', 'untested'])).toBe('0 percent, category 0');
  });

  it('gives no number without a row, and says what is missing', () => {
    expect(said('CF close to face', 'NPL')).toContain('no row for CF close to face');
    expect(said('HM', 'NPL')).toContain('no row for HM');
    expect(said('fixes and follows', '6/6')).toContain('No best corrected acuity of the right eye');
    expect(gradeOf({ left: read('6/6') }, { right: 'full', left: 'full' })).toHaveProperty('problem');
  });

  it('names the row with the number', () => {
    expect(grade('6/36', '2/60')).toMatchObject({
      better: expect.stringContaining('6/24 to 6/60'),
      other: 'less than 3/60 to no light',
    });
  });

  it('never falls when an eye gets worse', () => {
    const steps = ['6/6', '6/18', '6/24', '6/60', '3/60', '2/60', '1/60', 'HM close to face', 'PL', 'NPL'];
    const percentOf = (right: string, left: string) => {
      const found = grade(right, left);
      if ('problem' in found) throw new Error(found.problem);
      return found.percent;
    };
    for (const [at, right] of steps.entries())
      for (const [beside, left] of steps.entries()) {
        const next = steps[beside + 1];
        if (at <= beside && next)
          expect(percentOf(right, next)).toBeGreaterThanOrEqual(percentOf(right, left));
      }
  });
});

describe('the best corrected acuity', () => {
  const bestOf = (right: Record<string, string>): Best['right'] =>
    bestCorrected({
      ...NO_MEASUREMENTS,
      right: {
        ...NO_MEASUREMENTS.right,
        acuity: Object.fromEntries(Object.entries(right).map(([method, text]) => [method, read(text)])),
      },
    }).right;

  it('is what was read with it, and never with a pinhole', () => {
    expect(bestOf({ unaided: '6/60', refraction: '6/24', pinhole: '6/9' })).toEqual(read('6/24'));
    expect(bestOf({ glasses: '6/12', refraction: '6/24' })).toEqual(read('6/12'));
  });

  it('is not taken from an eye that was never corrected, unless that would change nothing', () => {
    expect(bestOf({ unaided: '6/60', pinhole: '6/12' })).toBeUndefined();
    expect(bestOf({ unaided: '6/9' })).toEqual(read('6/9'));
    expect(bestOf({ unaided: 'PL' })).toEqual(read('PL'));
    expect(bestOf({ unaided: 'eye absent' })).toEqual(read('eye absent'));
  });
});
