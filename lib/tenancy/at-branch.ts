import 'server-only';
import { type Branch, branchIdOf, branchKey, FIRST_BRANCH_ID } from '../branches';
import { AppError } from '../errors';
import { objectId } from '../mongo';
import type { TenantContext } from './context';

/** How rows name their branch: the first by saying nothing. */
export const storedAt = ({ id }: Pick<Branch, 'id'>) => {
  const key = branchKey(id);
  return key ? { branchId: objectId(key, 'branch') } : {};
};

/** The same for a change of a row, which may have been another branch's. */
export const movedTo = (branch: Pick<Branch, 'id'>) => ({ branchId: null, ...storedAt(branch) });

/** The filter for rows of one branch; for an organization that has one alone it filters nothing. */
export const atBranch = ({ branches }: Pick<TenantContext, 'branches'>, branchId: string) =>
  branches.length > 1 ? { branchId: branchId === FIRST_BRANCH_ID ? null : objectId(branchId, 'branch') } : {};

/**
 * The same for a list whose index begins with the branch: also of the only one there is, whose rows say
 * nothing.
 */
export const listedHere = ({ branch }: Pick<TenantContext, 'branch'>) => ({
  branchId: branch.id === FIRST_BRANCH_ID ? null : objectId(branch.id, 'branch'),
});

/** Rows of the branch that the actor works at. */
export const hereOnly = (ctx: Pick<TenantContext, 'branches' | 'branch'>) => atBranch(ctx, ctx.branch.id);

/** In place of a branch: all of them together. */
export const EVERYWHERE = 'all';

type Whose = Pick<TenantContext, 'branches' | 'ownBranches' | 'isKept' | 'branch'>;

/**
 * Whether closed branches, and all together, are the actor's to read: who is kept to none, or to each that
 * there is. Who is kept to the only one that is open still is kept to it.
 */
export const seesEverywhere = ({ branches, ownBranches, isKept }: Omit<Whose, 'branch'>): boolean =>
  ownBranches.length === branches.filter(({ isOpen }) => isKept || isOpen).length;

/** Which branches the figures of a page may be of, for its choice; none where there is one alone. */
export function scopesOf(ctx: Whose): { value: string; label: string }[] {
  if (ctx.branches.length < 2) return [];
  const every = seesEverywhere(ctx);
  const named = (every ? ctx.branches : ctx.ownBranches).map(({ id, name }) => ({ value: id, label: name }));
  return every ? [{ value: EVERYWHERE, label: 'All branches' }, ...named] : named;
}

/** What an address asks for, where that may be read; otherwise all that the actor may see together. */
export const scopeOf = (ctx: Whose, asked?: string): string =>
  scopesOf(ctx).find(({ value }) => value === asked)?.value ??
  (seesEverywhere(ctx) ? EVERYWHERE : ctx.branch.id);

/** The filter of a scope. */
export const inScope = (ctx: Whose, scope = EVERYWHERE) => (scope === EVERYWHERE ? {} : atBranch(ctx, scope));

/** The same of a row that was read already. */
export const isInScope = (
  { branches }: Pick<TenantContext, 'branches'>,
  row: Parameters<typeof branchIdOf>[0],
  scope = EVERYWHERE,
): boolean => scope === EVERYWHERE || branches.length < 2 || branchIdOf(row) === scope;

/**
 * Of figures that are of all branches together and no one's alone.
 * @throws AppError FORBIDDEN for somebody who is kept to some.
 */
export function assertEverywhere(ctx: Whose): void {
  if (seesEverywhere(ctx)) return;
  throw new AppError(
    'FORBIDDEN',
    'These figures are of all branches together, and you work at some of them.',
  );
}

/** The same work done at a branch, such as money that has come in for a bill of it. */
export function workAt(ctx: TenantContext, branchId: string): TenantContext {
  const branch = ctx.branches.find(({ id }) => id === branchId);
  return branch ? Object.freeze({ ...ctx, branch }) : ctx;
}
