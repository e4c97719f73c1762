import { describe, expect, it } from 'vitest';
import { amountText, type Dosage, dosageText, lastDay, quantityOf, stepDays } from './dosage';

const drops = (facts: Partial<Dosage> = {}): Dosage => ({
  form: 'drop',
  site: 'right',
  steps: [{ quarters: 4, frequency: 'qid', days: 7 }],
  ...facts,
});

describe('a course', () => {
  it('says each step, and the dose again only where it changes', () => {
    expect(
      dosageText(
        drops({
          steps: [
            { quarters: 4, frequency: 'q1h', days: 1 },
            { quarters: 4, frequency: 'qid', days: 7 },
            { quarters: 8, frequency: 'bd', days: null },
          ],
        }),
      ),
    ).toBe(
      '1 drop in the right eye every hour for 1 day, then 4 times a day for 1 week, then 2 drops twice a day, ongoing',
    );
  });

  it('ends on the last day of its last step, or never', () => {
    const steps = [
      { quarters: 4, frequency: 'qid', days: 7 },
      { quarters: 4, frequency: 'bd', days: 7 },
    ] as const;
    expect(lastDay('2026-11-29', steps)).toBe('2026-12-12');
    expect(stepDays('2026-11-29', steps)).toEqual([
      { from: '2026-11-29', until: '2026-12-05' },
      { from: '2026-12-06', until: '2026-12-12' },
    ]);
    expect(lastDay('2026-11-29', [{ quarters: 4, frequency: 'bd', days: null }])).toBeNull();
    expect(lastDay('2026-11-29', [{ quarters: 4, frequency: 'stat', days: 1 }])).toBe('2026-11-29');
  });

  it.each([
    ['a week in one eye is one bottle', drops(), 'bottle', 1],
    // 4 x 15 = 60 drops an eye, 120 in both: two bottles of 100.
    [
      'both eyes count twice',
      drops({ site: 'both', steps: [{ quarters: 4, frequency: 'qid', days: 15 }] }),
      'bottle',
      2,
    ],
    // 60 drops would fit in one bottle, which is open for 28 days only.
    [
      'a bottle is thrown away after 28 days',
      drops({ steps: [{ quarters: 4, frequency: 'od', days: 60 }] }),
      'bottle',
      3,
    ],
    [
      'without an end it is for 30 days',
      drops({ steps: [{ quarters: 4, frequency: 'bd', days: null }] }),
      'bottle',
      2,
    ],
    [
      'once now is one dose, beside the course that follows',
      {
        form: 'tablet',
        site: 'oral',
        steps: [
          { quarters: 8, frequency: 'stat', days: 1 },
          { quarters: 4, frequency: 'bd', days: 5 },
        ],
      } as Dosage,
      'tablet',
      12,
    ],
    [
      'two tablets once are two',
      { form: 'tablet', site: 'oral', steps: [{ quarters: 8, frequency: 'stat', days: 1 }] } as Dosage,
      'tablet',
      2,
    ],
    [
      'an injection takes a vial each time, however much of it is given',
      { form: 'injection', site: 'injection', steps: [{ quarters: 2, frequency: 'bd', days: 3 }] } as Dosage,
      'vial',
      6,
    ],
    [
      'an injection once is one vial',
      {
        form: 'injection',
        site: 'injection',
        steps: [{ quarters: 8, frequency: 'stat', days: 1 }],
      } as Dosage,
      'vial',
      1,
    ],
    ['when needed is one', drops({ steps: [{ quarters: 4, frequency: 'prn', days: 30 }] }), 'bottle', 1],
    [
      'half tablets add up',
      { form: 'tablet', site: 'oral', steps: [{ quarters: 2, frequency: 'bd', days: 5 }] } as Dosage,
      'tablet',
      5,
    ],
    [
      'strips are of ten',
      { form: 'tablet', site: 'oral', steps: [{ quarters: 4, frequency: 'bd', days: 6 }] } as Dosage,
      'strip',
      2,
    ],
  ])('%s', (_name, dosage, unit, expected) => {
    expect(quantityOf(dosage, unit)).toBe(expected);
  });

  it('writes quarters as people do', () => {
    expect([1, 2, 3, 4, 6, 10].map(amountText)).toEqual(['¼', '½', '¾', '1', '1½', '2½']);
  });
});
