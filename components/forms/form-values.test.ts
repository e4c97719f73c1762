import { describe, expect, it } from 'vitest';
import { isSame, mergeFields, typedOf } from './form-values';

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
