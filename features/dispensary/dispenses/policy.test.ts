import { expect, it } from 'vitest';
import type { PrescriptionLine } from '@/features/record/prescriptions/policy';
import { isSameMedicine, lotsTooShort } from './policy';

const line = (facts: Partial<PrescriptionLine> = {}): PrescriptionLine => ({
  id: '1',
  name: 'Moxifloxacin',
  form: 'drop',
  strength: '0.5 %',
  unit: 'bottle',
  site: 'right',
  steps: [],
  quantity: 1,
  isSubstitutionAllowed: true,
  ...facts,
});

it.each([
  [
    'a brand of the same',
    { name: 'Vigamox', genericName: 'Moxifloxacin', form: 'drop', strength: '0.5%' },
    true,
  ],
  ['another strength', { name: 'Moxifloxacin', form: 'drop', strength: '1 %' }, false],
  ['another form', { name: 'Moxifloxacin', form: 'ointment', strength: '0.5 %' }, false],
  ['another ingredient', { name: 'Tobramycin', form: 'drop', strength: '0.5 %' }, false],
  [
    'more than was wanted',
    { name: 'Moxifloxacin and dexamethasone', form: 'drop', strength: '0.5 %' },
    false,
  ],
])('%s', (_name, given, expected) => {
  expect(isSameMedicine(line(), given)).toBe(expected);
});

it('compares names where no list knows the ingredient', () => {
  const given = { name: 'Eyeglow', form: 'drop', strength: '' };
  expect(isSameMedicine(line({ name: 'Eyeglow', strength: undefined }), given)).toBe(true);
  expect(isSameMedicine(line({ name: 'Eyegleam', strength: undefined }), given)).toBe(false);
});

it('knows the lots that expire within the course, on its last day not yet', () => {
  const lots = ['2026-12-05', '2026-12-06', '2026-12-07'].map((expiresOn) => ({ expiresOn }));
  expect(lotsTooShort(lots, '2026-12-06')).toEqual([{ expiresOn: '2026-12-05' }]);
  expect(lotsTooShort(lots, null)).toEqual([]);
});
