import { describe, expect, it } from 'vitest';
import { dosageText } from './dosage';
import { readLine } from './shorthand';

const TODAY = '2026-11-29';
const read = (typed: string) => readLine(typed, TODAY);
/** As it is shown, with the form that the formulary would give. */
const shown = (typed: string): string => {
  const { line, problems } = read(typed);
  if (problems.length > 0) return problems.join(' ');
  const { site = 'oral', steps, meals, form = 'drop' } = line;
  return `${line.medicine}|${line.strength ?? ''}|${dosageText({ form, site, steps, meals })}`;
};

describe('a line as doctors write it', () => {
  it.each([
    ['moxi 0.5 od re 1 drop qid 1w', 'moxi|0.5|1 drop in the right eye 4 times a day for 1 week'],
    ['timolol 0.5% be bd 1m', 'timolol|0.5%|1 drop in both eyes twice a day for 1 month'],
    ['timolol 0.5 % le od ongoing', 'timolol|0.5%|1 drop in the left eye once a day, ongoing'],
    ['pred forte 1% od qid 2 weeks', 'pred forte|1%|1 drop in the right eye 4 times a day for 2 weeks'],
    ['diamox 250mg tab 1-0-1 pc 5d', 'diamox|250mg|1 tablet by mouth twice a day for 5 days, after meals'],
    ['tab diamox 250 ½tab od x3d', 'diamox|250|½ tablet by mouth once a day for 3 days'],
    ['atropine 1 % oint le hs 3/7', 'atropine|1%|1 cm in the left eye at bedtime for 3 days'],
    [
      'refresh tears be 2 drops q2h for 10 days',
      'refresh tears||2 drops in both eyes every 2 hours for 10 days',
    ],
    ['latanoprost 0.005 be nocte 2/52', 'latanoprost|0.005|1 drop in both eyes at bedtime for 2 weeks'],
    ['moxi re stat', 'moxi||1 drop in the right eye once, now'],
    ['moxi re qid until 5/12', 'moxi||1 drop in the right eye 4 times a day for 1 week'],
    ['moxi re qid until 2/1', 'moxi||1 drop in the right eye 4 times a day for 5 weeks'],
    ['TOBRA 0.3 DEXA 0.1 RE TDS 1W', 'tobra dexa|0.3 / 0.1|1 drop in the right eye 3 times a day for 1 week'],
  ])('%s', (typed, expected) => {
    expect(shown(typed)).toBe(expected);
  });

  it('has a taper as ordered steps, with the dose of the step before where none is written', () => {
    const { line, problems } = read('pred 1 % be 1 drop 6x 1w > qid 1w > 2 drops bd 1w then od 1w');
    expect(problems).toEqual([]);
    expect(line.steps).toEqual([
      { quarters: 4, frequency: '6d', days: 7 },
      { quarters: 4, frequency: 'qid', days: 7 },
      { quarters: 8, frequency: 'bd', days: 7 },
      { quarters: 8, frequency: 'od', days: 7 },
    ]);
  });

  it('takes a note, a quantity, and that nothing else may be given', () => {
    expect(read('moxi re qid 1w #2 nosub; shake; keep cold').line).toMatchObject({
      note: 'Shake; keep cold',
      quantity: 2,
      isSubstitutionAllowed: false,
    });
  });

  it.each([
    ['timolol od 1w', /right eye or once a day/],
    ['timolol le od qid 1w', /od” says the right eye/],
    ['moxi re le qid 1w', /one eye, or be/],
    ['moxi re 1w', /how often/],
    ['moxi re qid', /for how long/],
    ['moxi re qid bd 1w', /how often once/],
    ['re qid 1w', /Begin with the medicine/],
    ['moxi re qid 1w morningish', /What does “morningish” mean/],
    ['moxi re 0.3drop qid 1w', /no dose/],
    ['moxi re qid until 30/2', /last day/],
    ['pred re qid ongoing > bd 1w', /Only the last/],
    ['pred re qid 1w > bd', /in each step/],
    ['moxi re qid 999w', /two years/],
    ['', /Begin with the medicine/],
  ])('is not guessed at: %s', (typed, problem) => {
    expect(read(typed).problems.join(' ')).toMatch(problem);
  });

  it('has no eye where none was written, for somebody to choose', () => {
    expect(read('moxi 0.5 qid 1w').line.site).toBeUndefined();
  });
});
