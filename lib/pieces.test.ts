import { expect, it } from 'vitest';
import { z } from 'zod';
import { readRows, typedPieces } from './fields';
import { isPiecesSaid, piecesProblem, readPieces } from './pieces';

const LIMIT = { most: 12, sentence: 'Only 12 are in this lot.' };

it('reads how many were typed, and nothing as none', () => {
  expect(['', ' ', '0', '012', ' 7 '].map(readPieces)).toEqual([0, 0, 0, 12, 7]);
  expect(['1.5', '-3', 'ten', '1e3', '0x10', '1 000'].map(readPieces)).toEqual(Array(6).fill(null));
});

it('says the limit and why, and never makes another number of what was typed', () => {
  expect(piecesProblem('12', LIMIT)).toBeNull();
  expect(piecesProblem('13', LIMIT)).toBe(LIMIT.sentence);
  expect(piecesProblem('99999999999999999999', LIMIT)).toBe(LIMIT.sentence);
  expect(piecesProblem('1.5', LIMIT)).toBe('Write a whole number.');
  expect(piecesProblem('13', null)).toBeNull();
  expect(['0', '', '1'].map((typed) => piecesProblem(typed, { ...LIMIT, isSome: true }))).toEqual([
    ...['Write at least 1.', null, null],
  ]);
  expect(['', '0', '3', 'x'].map(isPiecesSaid)).toEqual([false, false, true, true]);
});

it('is read alike by the server, which refuses in words', () => {
  const schema = typedPieces(999, 1);
  const said = (value: unknown) => schema.safeParse(value).error?.issues[0]?.message ?? schema.parse(value);
  expect([3, '3', ' 03 '].map(said)).toEqual([3, 3, 3]);
  expect([1_000, '1000'].map(said)).toEqual(Array(2).fill('Write at most 999.'));
  expect(['1.5', 1.5, 'x', Number.NaN, -2, '-2', true, { $ne: null }].map(said)).toEqual(
    Array(8).fill('Write a whole number.'),
  );
  expect(['', 0].map(said)).toEqual(Array(2).fill('Write how many, at least 1.'));
});

it('is refused at the row that is wrong, and else of the whole list', () => {
  const line = z.object({ lot: z.string(), quantity: typedPieces(999) });
  const list = z.string().transform(
    (value, ctx) =>
      readRows(line, value, ctx, {
        ...{ most: 2, unreadable: 'Open it again.' },
        keyOf: ({ lot }: { lot?: unknown }) => lot,
      }) ?? z.NEVER,
  );
  const rows = [
    { lot: 'a', quantity: '2' },
    { lot: 'b', quantity: '2000' },
  ];
  const refusedWith = (value: unknown) =>
    list.safeParse(JSON.stringify(value)).error?.issues.map(({ path, message }) => ({ path, message }));
  expect(refusedWith(rows)).toEqual([{ path: ['b'], message: 'Write at most 999.' }]);
  expect(list.parse(JSON.stringify(rows.slice(0, 1)))).toEqual([{ lot: 'a', quantity: 2 }]);
  for (const unreadable of [null, 'x', [...rows, ...rows]])
    expect(refusedWith(unreadable)).toEqual([{ path: [], message: 'Open it again.' }]);
  for (const strange of [[1], [{ lot: 7, quantity: 1 }]]) expect(refusedWith(strange)?.[0]?.path).toEqual([]);
});
