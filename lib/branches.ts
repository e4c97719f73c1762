/**
 * The place that is there from the beginning: what was done nowhere else was done there. One id in every
 * organization, so that records of before there were several need no change.
 */
export const FIRST_BRANCH_ID = '000000000000000000000001';
const FIRST_BRANCH_NAME = 'Main branch';

/** A place at which an organization works; a Location of FHIR. */
export type Branch = {
  id: string;
  name: string;
  isFirst: boolean;
  /** A closed one keeps its records, and nobody works there. */
  isOpen: boolean;
  /** What stands before the numbers of its bills; the first uses that of the settings of bills. */
  numberPrefix: string | null;
  /** What its papers say in place of the organization's. */
  address: string | null;
  phone: string | null;
  taxNumber: string | null;
};

type Id = { toString(): string };
export type BranchRow = {
  _id: Id;
  name: string;
  isOpen: boolean;
  numberPrefix?: string | null | undefined;
  address?: string | null | undefined;
  phone?: string | null | undefined;
  taxNumber?: string | null | undefined;
};

const toBranch = (row: BranchRow): Branch => ({
  id: row._id.toString(),
  name: row.name,
  isFirst: row._id.toString() === FIRST_BRANCH_ID,
  isOpen: row.isOpen,
  numberPrefix: row.numberPrefix ?? null,
  address: row.address ?? null,
  phone: row.phone ?? null,
  taxNumber: row.taxNumber ?? null,
});

/** The branches of an organization's row: the first one first, which may have no row, then by name. */
export function branchesOf(rows: readonly BranchRow[] | null | undefined): Branch[] {
  const all = (rows ?? []).map(toBranch);
  const first =
    all.find(({ isFirst }) => isFirst) ??
    toBranch({ _id: FIRST_BRANCH_ID, name: FIRST_BRANCH_NAME, isOpen: true });
  const others = all.filter(({ isFirst }) => !isFirst);
  return [first, ...others.sort((a, b) => a.name.localeCompare(b.name))];
}

/** Those that somebody may work at; a list that names none means all of them. */
export function ownBranches(branches: readonly Branch[], only: readonly Id[] | null | undefined): Branch[] {
  const open = branches.filter(({ isOpen }) => isOpen);
  const ids = new Set((only ?? []).map(String));
  if (ids.size === 0) return open;
  const own = open.filter(({ id }) => ids.has(id));
  // Whose every branch was closed works at the first one, rather than nowhere.
  return own.length > 0 ? own : open.slice(0, 1);
}

type Place = {
  branches: readonly Branch[];
  branch: Branch;
};

/**
 * What the form of a row offers: where the person works, and where the row is, which may be closed or not
 * theirs. Without it the form would show another one, and saving anything would move the row.
 */
export const branchChoices = (
  { branches, ownBranches: own }: { branches: readonly Branch[]; ownBranches: readonly Branch[] },
  branchId: string,
): { id: string; name: string }[] =>
  branches
    .filter((one) => one.id === branchId || own.some(({ id }) => id === one.id))
    .map(({ id, name }) => ({ id, name }));

/** How rows name their branch: the first by saying nothing. */
export const branchKey = (id: string): string | null => (id === FIRST_BRANCH_ID ? null : id);

/** The branch of a row that may name none. */
export const branchIdOf = ({ branchId }: { branchId?: Id | null | undefined }): string =>
  branchId?.toString() ?? FIRST_BRANCH_ID;

/** The name of a row's branch, where there are several; null where nobody needs to be told. */
export const branchNameOf = ({ branches }: Pick<Place, 'branches'>, id: string): string | null =>
  branches.length < 2 ? null : (branches.find((one) => one.id === id)?.name ?? null);

/** Counters and single rows that each branch has one of: the first keeps the name of before. */
export const keyAt = (key: string, { id, isFirst }: Pick<Branch, 'id' | 'isFirst'>): string =>
  isFirst ? key : `${key}@${id}`;
