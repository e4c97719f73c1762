import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FORM_IDS } from '@/features/pharmacy/medicines/policy';
import type { FoundMedicine } from '@/features/pharmacy/medicines/ui/find-medicine';
import { keysOf } from '@/lib/query-words';
import { FREQUENCIES, MEALS } from '../dosage';
import { readLine } from '../shorthand';
import {
  fitOf,
  lineFrom,
  linesOfSet,
  meantOf,
  type SheetLine,
  setOf,
  typedLine,
  withDays,
  withQuantity,
  withSteps,
} from './sheet-line';

afterEach(() => vi.unstubAllGlobals());

const medicine = (facts: Partial<FoundMedicine>): FoundMedicine => ({
  id: 'a'.repeat(24),
  name: 'Prednisolone acetate',
  ingredient: null,
  form: 'drop',
  strength: '1 %',
  unit: 'bottle',
  onHand: 5,
  ...facts,
});
const { line } = readLine('pred 1 re 6x 1w', '2026-11-29');

it('takes drops of the very strength before tablets whose strength only begins like it', () => {
  const tablet = medicine({ name: 'Prednisolone', form: 'tablet', strength: '10 mg' });
  const weaker = medicine({ strength: '10 %' });
  const fits = [tablet, weaker, medicine({})].map((one) => fitOf(line, one));
  expect(fits).toEqual([...fits].sort((a, b) => a - b));
  expect(new Set(fits).size).toBe(3);
});

it('keeps what is typed in the boxes of numbers, and takes no letter out of it', () => {
  const made = lineFrom(line, medicine({}));
  const [step] = made.steps;
  if (!step) throw new Error('The line has no step.');
  expect(withDays(step, '1x4')).toEqual({ ...step, unread: '1x4' });
  expect(withDays(withDays(step, '1x4'), ' 14 ')).toEqual({ ...step, days: 14 });
  expect(withDays(step, '')).toEqual({ ...step, days: null });
  expect(withQuantity(made, '2.5')).toEqual({ ...made, unread: '2.5' });
  expect(withQuantity(withQuantity(made, '2.5'), '3')).toEqual({ ...made, quantity: 3 });
  expect(withSteps(withQuantity(made, '-1'), made.steps)).toEqual(made);
  for (const unread of [withQuantity(made, '1e3'), { ...made, steps: [withDays(step, '7 d')] }])
    expect(setOf([unread], '2026-11-29')).toMatchObject({ problem: /whole number/ });
});

it('has of the formulary what it is, and of the typed line how it is used', () => {
  expect(lineFrom(line, medicine({}))).toMatchObject({
    name: 'Prednisolone acetate',
    strength: '1 %',
    form: 'drop',
    site: 'right',
    quantity: 1,
    steps: [{ quarters: 4, frequency: '6d', days: 7 }],
  });
  expect(lineFrom(line, null)).toMatchObject({ name: 'Pred', strength: '1', form: 'drop', unit: 'bottle' });
  expect(lineFrom(line, null).medicineId).toBeUndefined();
});

it.each<[string, Partial<FoundMedicine>, boolean]>([
  ['atropine 0.01 re hs 1m', { strength: '1 %' }, false],
  ['atropine 0.01 re hs 1m', { strength: '0.01 %' }, true],
  ['atropine 1% re hs 1m', { strength: '1 %' }, true],
  ['atropine 1mg re hs 1m', { strength: '1 %' }, false],
  ['atropine 10 re hs 1m', { strength: '1 %' }, false],
  ['atropine re hs 1m', { strength: '1 %' }, true],
  ['atropine 1 re hs 1m', { name: 'Atropine 1 %', strength: null }, true],
  ['atropine 1 re hs 1m', { strength: null }, false],
  ['tropi 0.8 5 be stat', { strength: '0.8 % / 5 %' }, true],
  ['tropi 0.8 be stat', { strength: '0.8 % / 5 %' }, false],
  ['atropine 1 oint re hs 1w', { strength: '1 %' }, false],
  ['refresh gel re 1 drop hs 1w', { form: 'gel', strength: null }, true],
  ['prednisolone 10 re qid 1w', { form: 'tablet', strength: '10 mg' }, false],
])('%s means %o: %s', (typed, facts, isMeant) => {
  const found = [medicine(facts)];
  expect(meantOf(readLine(typed, '2026-11-29').line, found)).toBe(isMeant ? found[0] : null);
});

it('takes the very strength before another one of the same form', () => {
  const { line: typed } = readLine('atropine 1 re hs 1w', '2026-11-29');
  const [half, one] = [medicine({ strength: '0.5 %' }), medicine({ strength: '1 %' })];
  expect(meantOf(typed, [half, one])).toBe(one);
  expect(fitOf(typed, one)).toBeGreaterThan(fitOf(typed, half));
});

it('puts a set on the sheet without taking another strength, and says what it cannot read', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ medicines: [medicine({ name: 'Atropine' })] }));
  const set = 'atropine 0.01 1 drop hs 1w\natropine 1 1 drop hs 1w\natropine 1 hs until 30/2';
  const { lines, problems } = await linesOfSet(set, 'left', '2026-11-29');
  expect(lines.map(({ medicineId, strength, site }) => [Boolean(medicineId), strength, site])).toEqual([
    [false, '0.01', 'left'],
    [true, '1 %', 'left'],
  ]);
  expect(problems).toEqual([expect.stringMatching(/^Line 3, .*last day/)]);
});

describe('a sheet that is kept as a set', () => {
  const TODAY = '2026-11-29';
  const typed = (text: string, found: FoundMedicine | null = null): SheetLine =>
    lineFrom(readLine(text, TODAY).line, found);

  it.each([
    ['moxi 0.5 % re 1 drop qid 1w', 'Moxi 0.5% 1drop qid 1w'],
    [
      'pred 1 % be 6x 1w > qid 1w > 2 drops bd 10d; shake',
      'Pred 1% 1drop 6x 1w > 1drop qid 1w > 2drop bd 10d; Shake',
    ],
    ['diamox 250mg ½tab daily 1m pc #9 nosub', 'Diamox 250mg po ½tab daily 1m pc #9 nosub'],
    ['latanoprost 0.005 le nocte ongoing', 'Latanoprost 0.005 1drop hs ongoing'],
    ['atropine 1 % oint re stat', 'Atropine 1% 1cm stat'],
    ['tobra 0.3 dexa 0.1 re tds 1w', 'Tobra dexa 0.3 0.1 1drop tid 1w'],
  ])('has %s as it is typed there, without the eye', (text, kept) => {
    expect(typedLine(typed(text), TODAY)).toBe(kept);
  });

  it('is read as the same line again, whatever stands on it', () => {
    const step = fc.record({
      quarters: fc.integer({ min: 1, max: 40 }),
      frequency: fc.constantFrom(...keysOf(FREQUENCIES)),
      days: fc.integer({ min: 1, max: 730 }),
    });
    const steps = fc
      .array(step, { minLength: 1, maxLength: 4 })
      .map((all) => all.map((one) => (one.frequency === 'stat' ? { ...one, days: 1 } : one)));
    const note = fc.constantFrom(undefined, 'Shake before use', 'keep cold; away from light');
    fc.assert(
      fc.property(
        ...([
          steps,
          fc.constantFrom(...FORM_IDS),
          note,
          fc.constantFrom(undefined, ...keysOf(MEALS)),
        ] as const),
        fc.constantFrom('oral', 'right', 'skin', 'injection', undefined),
        fc.integer({ min: 1, max: 99 }),
        fc.boolean(),
        (all, form, said, meals, site, quantity, isSubstitutionAllowed) => {
          const found = medicine({ form, unit: form === 'drop' ? 'bottle' : 'strip' });
          const made = { ...lineFrom(line, found), steps: all, form, site, quantity, isSubstitutionAllowed };
          const whole = { ...made, ...(said ? { note: said } : {}), ...(meals ? { meals } : {}) };
          const text = typedLine(whole as SheetLine, TODAY);
          // Forms that are not counted are given one at a time, and what is swallowed has no eye.
          const isSayable =
            (['drop', 'gel', 'ointment', 'tablet', 'capsule'].includes(form) ||
              all.every(({ quarters }) => quarters === 4)) &&
            !(['tablet', 'capsule'].includes(form) && (site === undefined || site === 'right'));
          expect(text === null).toBe(!isSayable);
          if (text === null) return;
          const again = readLine(text, TODAY);
          expect(again.problems).toEqual([]);
          expect(again.line).toMatchObject({ steps: all, isSubstitutionAllowed });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('says which line it cannot hold, and holds none of the others then', () => {
    const lines = [typed('moxi re qid 1w'), { ...typed('moxi re qid 1w'), name: 'Vitamin morning forte' }];
    expect(setOf(lines, TODAY)).toEqual({ problem: expect.stringMatching(/^Vitamin morning forte cannot/) });
    expect(setOf(lines.slice(0, 1), TODAY)).toEqual({ lines: 'Moxi 1drop qid 1w' });
  });
});
