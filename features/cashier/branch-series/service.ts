import 'server-only';
import type { AddBranchInput, UpdateBranchInput } from '@/features/identity/branches/schema';
import { addBranch, type BranchCheck, updateBranch } from '@/features/identity/branches/service';
import type { Branch } from '@/lib/branches';
import { AppError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { getSharedBillSettings } from '../bill-settings/queries';

/**
 * No branch begins its numbers as the settings of bills do, which the first one falls back on: two of them
 * would count in one series. The settings are changed with the branches held, so neither passes the other.
 * @throws AppError CONFLICT.
 */
const apartFromSettings =
  (ctx: TenantContext): BranchCheck =>
  async ({ isFirst, numberPrefix }) => {
    if (isFirst || !numberPrefix) return;
    const shared = await getSharedBillSettings(ctx);
    if (shared.numberPrefix !== numberPrefix) return;
    throw new AppError(
      'CONFLICT',
      `The settings of bills begin their numbers with ${numberPrefix} already. Choose other letters.`,
      { field: 'numberPrefix' },
    );
  };

/** Adds a branch with a series of its own. @throws as `addBranch`. */
export const openBranch = (ctx: TenantContext, input: AddBranchInput): Promise<Branch> =>
  addBranch(ctx, input, apartFromSettings(ctx));

/** Changes what a branch is called and what its papers say. @throws as `updateBranch`. */
export const changeBranch = (ctx: TenantContext, input: UpdateBranchInput): Promise<Branch> =>
  updateBranch(ctx, input, apartFromSettings(ctx));
