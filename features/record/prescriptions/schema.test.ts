import { expect, it } from 'vitest';
import { savePrescriptionInput } from './schema';

const step = { quarters: 4, frequency: 'night', days: 30 };
const line = {
  ...{ id: '1', name: 'Atropine', form: 'drop', unit: 'bottle', site: 'right' },
  ...{ steps: [step], quantity: 2, isSubstitutionAllowed: true },
};
const other = { ...line, id: '2', name: 'Timolol' };
const said = (lines: unknown) => {
  const sheet = JSON.stringify({ lines, stops: [], overrides: [] });
  const input = { visitId: 'a'.repeat(24), version: '0', requestKey: 'k'.repeat(16), sheet };
  return savePrescriptionInput.safeParse(input).error?.issues[0]?.message ?? null;
};

it('refuses what is no whole number in a box of the sheet, and says of which medicine', () => {
  expect(said([line, other])).toBeNull();
  expect(said([line, { ...other, unread: '2.5' }])).toBe('Timolol: Write the quantity as a whole number.');
  expect(said([line, { ...other, steps: [{ ...step, unread: '1x4' }] }])).toBe(
    'Timolol: Write the days as a whole number.',
  );
  expect(said([{ ...line, quantity: 0 }])).toBe('Atropine: Write how many.');
  expect(said([{ ...line, site: undefined }, other])).toBe('Atropine: Say which eye, or how it is taken.');
});

it('names nobody where the sheet cannot be read', () => {
  expect(said([{ ...line, id: '' }])).toBe('The sheet could not be read. Open it again.');
  expect(said('lines')).toMatch(/./);
});
