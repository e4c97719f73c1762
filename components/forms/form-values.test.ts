import { describe, expect, it } from 'vitest';
import { isSame, mergeFields, previewOf, typedOf } from './form-values';

describe('what two people typed into one record', () => {
  it('keeps mine, takes theirs where only they have changed, and names what both have', () => {
    const base = { plan: '', complaint: 'Blurred', eye: 'right', tick: 'on' };
    const mine = { plan: 'Drops', complaint: 'Blurred', eye: 'left', tick: 'on' };
    const theirs = { plan: '', complaint: 'Red eye', eye: 'both' };
    expect(mergeFields(base, mine, theirs)).toEqual({
      values: { plan: 'Drops', complaint: 'Red eye', eye: 'left', tick: '' },
      conflicts: ['eye'],
      taken: ['complaint', 'tick'],
    });
  });

  it('finds no conflict where both have typed the same, nor between line ends', () => {
    const merge = mergeFields({ a: '1', b: '' }, { a: '2', b: 'x\r\ny' }, { a: '2', b: 'x\ny' });
    expect([merge.conflicts, merge.taken]).toEqual([[], []]);
  });

  it('compares lists as a whole', () => {
    const merge = mergeFields({ list: [] }, {}, { list: ['H25.1:right'] });
    expect(merge.values.list).toEqual(['H25.1:right']);
    expect(mergeFields({ list: ['a'] }, { list: ['a', 'b'] }, { list: ['c'] }).conflicts).toEqual(['list']);
  });

  it('takes an unticked box and an empty field for the same', () => {
    expect(isSame({ tick: '' }, {})).toBe(true);
    expect(isSame({ tick: 'on' }, {})).toBe(false);
  });
});

it('is no change that the same form was opened once more, with another key and version', () => {
  const opened = (requestKey: string, version: string) =>
    typedOf({ requestKey, version, prescriptionId: version, sheet: '{"lines":[]}' });
  expect(opened('a', '1')).toEqual({ sheet: '{"lines":[]}' });
  expect(isSame(opened('a', '1'), opened('b', '2'))).toBe(true);
});

it('says what was typed in words that people read, and nothing that only a machine does', () => {
  const lines = JSON.stringify([{ medicineId: '0123456789abcdef01234567', lotNumber: 'LT-6' }]);
  const fields = { invoiceNumber: 'KD/0050', supplierId: '0123456789abcdef01234567', lines, note: 'as is' };
  expect(previewOf(fields, { note: 'as is' })).toBe('KD/0050');
  expect(previewOf({ ...fields, 'lines.words': '1 × Latanoprost' }, {})).toBe(
    'KD/0050 · as is · 1 × Latanoprost',
  );
  expect(previewOf({ sheet: '{"lines":[]}', drawing: '[[1,2]]', plan: '[sic] drops' }, {})).toBe(
    '[sic] drops',
  );
  expect(previewOf({ plan: 'a'.repeat(200) }, {})).toHaveLength(161);
});
