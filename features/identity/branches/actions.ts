'use server';
import { staffAction } from '@/lib/actions/staff';
import { getPrincipal } from '@/lib/auth/principal';
import { branchInput } from './schema';
import { chooseBranch } from './service';

export const chooseBranchAction = staffAction({
  permission: 'today:read',
  input: branchInput,
  audit: 'account.branch.choose',
  target: ({ branchId }) => `branch:${branchId}`,
  run: async (ctx, { branchId }) => chooseBranch(ctx, branchId, (await getPrincipal())?.sessionId ?? ''),
});
