import { expect, it } from 'vitest';
import type { PrescriptionLine } from '@/features/record/prescriptions/policy';
import { lineOfLot, matchScan } from './scan';

const today = '2026-11-30';
const line = (facts: Partial<PrescriptionLine>): PrescriptionLine => ({
  ...{ id: '1', name: 'Moxifloxacin', form: 'drop', strength: '0.5 %', unit: 'bottle', site: 'right' },
  ...{ steps: [], quantity: 2, isSubstitutionAllowed: true, medicineId: 'moxi' },
  ...facts,
});
const found: Parameters<typeof matchScan>[1] = {
  id: 'moxi',
  name: 'Moxifloxacin',
  ingredient: null,
  form: 'drop' as const,
  strength: '0.5 %',
};
const early = { id: 'b1', lotNumber: 'A1', expiresOn: '2027-01-31', quantity: 3 };
const late = { id: 'b2', lotNumber: 'B2', expiresOn: '2027-06-30', quantity: 3 };
const shelves = [{ medicineId: 'moxi', lots: [early, late] }];
const match = (code: Parameters<typeof matchScan>[0], medicine = found, lines = [line({})]) =>
  matchScan(code, medicine, lines, shelves, today);

it('finds the line and the lot', () => {
  expect(match({ gtin: '1', lotNumber: 'a1', expiresOn: '2027-01-31' })).toMatchObject({
    ...{ lineId: '1', lot: early, earlier: null, substitute: null },
  });
  expect(match({ gtin: '1' })).toMatchObject({ lineId: '1', lot: null });
  expect(match({ gtin: '1', lotNumber: 'B2' })).toMatchObject({ lot: late, earlier: early });
});

it.each([
  ['an expired pack', { lotNumber: 'A1', expiresOn: '2026-11-29' }, found, [line({})], /has expired/],
  [
    'a lot that is not on the shelf',
    { lotNumber: 'C3' },
    found,
    [line({})],
    /held, has expired, or was never/,
  ],
  [
    'another expiry than the list has',
    { lotNumber: 'A1', expiresOn: '2027-02-28' },
    found,
    [line({})],
    /by the pack/,
  ],
  ['another medicine', {}, { ...found, id: 'tim', name: 'Timolol' }, [line({})], /not on this prescription/],
  [
    'another brand of what was prescribed as written',
    {},
    { ...found, id: 'vig', name: 'Vigamox', ingredient: 'Moxifloxacin' },
    [line({ isSubstitutionAllowed: false })],
    /as written only/,
  ],
])('says why it does not fit: %s', (_name, code, medicine, lines, sentence) => {
  const answer = match(code, medicine, lines);
  expect('problem' in answer ? answer.problem : '').toMatch(sentence);
});

it('gives the same under another name instead', () => {
  const brand = { ...found, id: 'vig', name: 'Vigamox', ingredient: 'Moxifloxacin' };
  expect(match({}, brand)).toMatchObject({ lineId: '1', substitute: { id: 'vig' }, lot: null });
});

it('knows a lot by its bare number, where only one medicine has it', () => {
  expect(lineOfLot('b2', [line({})], shelves)?.lot).toEqual(late);
  const twice = [...shelves, { medicineId: 'tim', lots: [{ ...late, id: 'b9' }] }];
  expect(lineOfLot('B2', [line({}), line({ id: '2', medicineId: 'tim' })], twice)).toBeNull();
});
