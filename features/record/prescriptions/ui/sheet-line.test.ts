import { expect, it } from 'vitest';
import { readLine } from '../shorthand';
import { type FoundMedicine, fitOf, lineFrom } from './sheet-line';

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
