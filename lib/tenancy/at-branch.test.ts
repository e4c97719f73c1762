import { expect, it } from 'vitest';
import { type Branch, branchesOf, ownBranches } from '../branches';
import { EVERYWHERE, scopeOf, scopesOf } from './at-branch';

const [MAIN, CLOSED, OPEN] = ['000000000000000000000001', 'a'.repeat(24), 'b'.repeat(24)] as const;
const branch = (_id: string, isOpen: boolean) => ({ _id, name: _id.slice(0, 3), isOpen });

function whose(rows: readonly ReturnType<typeof branch>[], only: readonly string[]) {
  const branches = branchesOf(rows);
  const own = ownBranches(branches, only);
  return { branches, ownBranches: own, isKept: only.length > 0, branch: own[0] as Branch };
}
const valuesOf = (ctx: ReturnType<typeof whose>) => scopesOf(ctx).map(({ value }) => value);

it('shows who is kept to the only open branch nothing of those that are closed', () => {
  const branches = [branch(MAIN, true), branch(CLOSED, false)];
  const kept = whose(branches, [MAIN]);
  expect(valuesOf(kept)).toEqual([MAIN]);
  expect([scopeOf(kept), scopeOf(kept, CLOSED), scopeOf(kept, EVERYWHERE)]).toEqual([MAIN, MAIN, MAIN]);
  const free = whose(branches, []);
  expect(valuesOf(free)).toEqual([EVERYWHERE, MAIN, CLOSED]);
  expect([scopeOf(free), scopeOf(free, CLOSED)]).toEqual([EVERYWHERE, CLOSED]);
});

it('shows the sum of all to who is kept to each of them, and to nobody who is kept to some', () => {
  const branches = [branch(MAIN, true), branch(OPEN, true)];
  expect(valuesOf(whose(branches, [MAIN, OPEN]))).toContain(EVERYWHERE);
  expect(valuesOf(whose(branches, [OPEN]))).toEqual([OPEN]);
  expect(valuesOf(whose([...branches, branch(CLOSED, false)], [MAIN, OPEN]))).toEqual([MAIN, OPEN]);
});
