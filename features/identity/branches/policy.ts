import { PLANS } from '@/features/subscription/billing/plans';
import type { Branch } from '@/lib/branches';
import type { PlanId } from '@/lib/master/vocabulary';

/** A chain has some dozens; more are organizations of their own. */
export const MOST_BRANCHES = 50;

export type Branches = { open: number; limit: number | null };

/** How many are open, of how many that the plan includes. */
export const branchUse = (branches: readonly Branch[], plan: PlanId): Branches => ({
  open: branches.filter(({ isOpen }) => isOpen).length,
  limit: PLANS[plan].maxBranches,
});

export const isFull = ({ open, limit }: Branches): boolean => limit !== null && open >= limit;

/** "2 of 5 branches open" */
export function branchesLabel({ open, limit }: Branches): string {
  if (limit === null) return `${open} ${open === 1 ? 'branch' : 'branches'} open, no limit`;
  return `${open} of ${limit} ${limit === 1 ? 'branch' : 'branches'} open`;
}
