import { describe, expect, it } from 'vitest';
import { type Columns, cellsOf, columnsFor, headingsOf, instant } from './columns';

type Row = { name: string; isActive: boolean; seenAt: string | null };
const columns: Columns<Row> = [
  ['Name', 'name'],
  ['Active', 'isActive', 'archive'],
  ['Seen', ({ seenAt }) => instant(seenAt)],
  ['Short', ({ name }) => name.slice(0, 1), 'list'],
];

describe('columns', () => {
  it('read a field or ask a function, and leave dates and yes-or-no to the way out', () => {
    const row = { name: 'Asha', isActive: true, seenAt: '2026-01-31T20:00:00.000Z' };
    expect(cellsOf(columns, row)).toEqual(['Asha', true, new Date(row.seenAt), 'A']);
    expect(cellsOf(columns, { ...row, seenAt: null })[2]).toBeNull();
  });

  it('are all in a way out but those of the other', () => {
    expect(headingsOf(columnsFor('list', columns))).toEqual(['Name', 'Seen', 'Short']);
    expect(headingsOf(columnsFor('archive', columns))).toEqual(['Name', 'Active', 'Seen']);
  });
});
