import 'server-only';
import type { Branch } from '@/lib/branches';
import { revisionOf } from '@/lib/revision';

/** What the form of a branch shows. */
export const formOf = ({ name, numberPrefix, address, phone, taxNumber }: Branch) => ({
  ...{ name, numberPrefix, address, phone, taxNumber },
});

/** A branch on the page of them, with how many people are kept to it. */
export const toShownBranch = (branch: Branch, keptThere: number) => ({
  ...branch,
  keptThere,
  version: revisionOf(formOf(branch)),
});
export type ShownBranch = ReturnType<typeof toShownBranch>;
