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
    [
      'pred qid 1w > re bd 1w',
      'pred||1 drop in the right eye 4 times a day for 1 week, then twice a day for 1 week',
    ],
    ['eyegel gel re 1 drop hs 1w', 'eyegel||1 drop in the right eye at bedtime for 1 week'],
    ['TOBRA 0.3 DEXA 0.1 RE TDS 1W', 'tobra dexa|0.3 / 0.1|1 drop in the right eye 3 times a day for 1 week'],
    ['moxi 0.5% RE qid x 7 days', 'moxi|0.5%|1 drop in the right eye 4 times a day for 1 week'],
    [
      'moxi e/d 1 drop 4 times a day right eye 1 week',
      'moxi||1 drop in the right eye 4 times a day for 1 week',
    ],
    ['moxi 0.5 drops re qid 1w', 'moxi|0.5|1 drop in the right eye 4 times a day for 1 week'],
    ['fml both eyes thrice daily 10 d', 'fml||1 drop in both eyes 3 times a day for 10 days'],
    ['fml in the left eye twice a day 1w', 'fml||1 drop in the left eye twice a day for 1 week'],
    ['fml B.E. once daily 1 month', 'fml||1 drop in both eyes once a day for 1 month'],
    ['fml be alternate days 1w', 'fml||1 drop in both eyes every other day for 1 week'],
    [
      'nata be q4h 3d > q8h 1w',
      'nata||1 drop in both eyes every 4 hours for 3 days, then every 8 hours for 1 week',
    ],
    ['nata be every 2 hours 2d', 'nata||1 drop in both eyes every 2 hours for 2 days'],
    ['nata be 2 hourly 2d', 'nata||1 drop in both eyes every 2 hours for 2 days'],
    ['diamox 250 tab bd 3d', 'diamox|250|1 tablet by mouth twice a day for 3 days'],
    ['Tab. Dolo 650 mg sos 3 days', 'dolo|650mg|1 tablet by mouth when needed for 3 days'],
    ['diamox 250mg tab ½ bd 3d', 'diamox|250mg|½ tablet by mouth twice a day for 3 days'],
    [
      'diamox 250 tab 1/2 bd 3d after food',
      'diamox|250|½ tablet by mouth twice a day for 3 days, after meals',
    ],
    ['wysolone 10mg 3 tab od 1w', 'wysolone|10mg|3 tablets by mouth once a day for 1 week'],
    ['vit a cap 1-0-0-1 x 1w', 'vit a||1 capsule by mouth twice a day for 1 week'],
    ['vit a cap weekly 1m bf', 'vit a||1 capsule by mouth once a week for 1 month, before meals'],
    ['moxi re qid until 05-12-2026', 'moxi||1 drop in the right eye 4 times a day for 1 week'],
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

  it('has what is written in a later step too: the eye, the meals, the quantity, no substitution', () => {
    const { line, problems } = read('pred re qid 1w > bd 1w pc #3 nosub');
    expect(problems).toEqual([]);
    expect(line).toMatchObject({ site: 'right', meals: 'after', quantity: 3, isSubstitutionAllowed: false });
    expect(read('pred qid 1w > re bd 1w').line.site).toBe('right');
    expect(read('pred 10 qid 1w > 2tab bd 1w').line).toMatchObject({ form: 'tablet', site: 'oral' });
  });

  it('counts until a day of the coming year over the 29th of February', () => {
    const until = (text: string, today: string) => readLine(`moxi re qid until ${text}`, today).line.steps[0];
    // 2028 is a leap year: 1 December 2027 to 1 March 2028 are 31 + 31 + 29 + 1 days.
    expect(until('1/3', '2027-12-01')?.days).toBe(92);
    expect(until('1/3', '2026-12-01')?.days).toBe(91);
    expect(until('29/2', '2027-12-01')?.days).toBe(91);
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
    ['pred re qid 1w > le bd 1w', /one eye, or be/],
    ['pred re qid 1w #2 > bd 1w #3', /quantity once/],
    ['pred re qid 1w ac > bd 1w pc', /before or after meals/],
    ['moxi re 1 drop 2 drops qid 1w', /dose once/],
    ['moxi re qid 1w 2w', /how long once/],
    ['moxi re qid 1w until 5/1', /how long once/],
    ['moxi re stat 1w', /Once” and a duration/],
    ['moxi tab oint re qid 1w', /one form/],
    ['moxi oint re 1 drop qid 1w', /do not go together/],
    ['pred re 1 drop qid 1w > 1tab bd 1w', /dose once/],
    ['moxi re qid until 29/2/2027', /last day/],
    ['wysolone 10 tab od 1w', /may be 10 mg or 10 at a time/],
    ['moxi 100 drops re qid 1w', /“100drops” is no dose/],
    ['moxi -1 drop re qid 1w', /no dose/],
    ['moxi re qid 0d', /at least one day/],
    ['moxi re qid 1w #0', /quantity from 1 to 999/],
    ['moxi re qid 1w #9999', /quantity from 1 to 999/],
    ['moxi re qid until 28/11', /last day/],
    ['moxi re qid 1w x 2', /What does/],
    ['', /Begin with the medicine/],
  ])('is not guessed at: %s', (typed, problem) => {
    expect(read(typed).problems.join(' ')).toMatch(problem);
  });

  it('has no eye where none was written, for somebody to choose', () => {
    expect(read('moxi 0.5 qid 1w').line.site).toBeUndefined();
  });
});

it.each(['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty'])(
  'knows no word that objects bring along: %s',
  (word) => {
    const { line, problems } = read(`moxi re 1 drop ${word} 1w`);
    expect(line.steps).toEqual([]);
    expect(problems).toContain('Write how often, such as qid.');
    expect(read(`${word} re 1 drop qid 1w`)).toMatchObject({
      line: { medicine: word.toLowerCase() },
      problems: [],
    });
  },
);
