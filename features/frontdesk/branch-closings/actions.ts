'use server';
import { revalidatePath } from 'next/cache';
import { branchInput } from '@/features/identity/branches/schema';
import { setBranchOpen } from '@/features/identity/branches/service';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { closeBranch } from './service';

export const closeBranchAction = staffAction({
  permission: 'settings:write',
  input: branchInput,
  audit: 'branch.close',
  target: ({ branchId }) => `branch:${branchId}`,
  run: async (ctx, { branchId }) => {
    const branch = await closeBranch(ctx, branchId);
    revalidatePath(paths.today, 'layout');
    return branch;
  },
  message: ({ name }) => `${name} is closed. Its records stay.`,
});

export const reopenBranchAction = staffAction({
  permission: 'settings:write',
  input: branchInput,
  audit: 'branch.reopen',
  target: ({ branchId }) => `branch:${branchId}`,
  run: async (ctx, { branchId }) => {
    const branch = await setBranchOpen(ctx, branchId, true);
    revalidatePath(paths.today, 'layout');
    return branch;
  },
  message: ({ name }) => `${name} is open again.`,
});
