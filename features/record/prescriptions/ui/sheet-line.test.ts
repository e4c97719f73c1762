import { afterEach, expect, it, vi } from 'vitest';
import type { FoundMedicine } from '@/features/pharmacy/medicines/ui/find-medicine';
import { readLine } from '../shorthand';
import { fitOf, lineFrom, linesOfSet, meantOf } from './sheet-line';

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
