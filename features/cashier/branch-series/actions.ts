'use server';
import { revalidatePath } from 'next/cache';
import { addBranchInput, updateBranchInput } from '@/features/identity/branches/schema';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { changeBranch, openBranch } from './service';

export const addBranchAction = staffAction({
  permission: 'settings:write',
  input: addBranchInput,
  audit: 'branch.add',
  run: async (ctx, input) => {
    const branch = await openBranch(ctx, input);
    revalidatePath(paths.today, 'layout');
    return branch;
  },
  message: ({ name }) => `${name} is there. Choose who works there on the staff page.`,
});

export const updateBranchAction = staffAction({
  permission: 'settings:write',
  input: updateBranchInput,
  audit: 'branch.update',
  target: ({ branchId }) => `branch:${branchId}`,
  run: async (ctx, input) => {
    const branch = await changeBranch(ctx, input);
    revalidatePath(paths.today, 'layout');
    return branch;
  },
  message: ({ name }) => `${name} is saved.`,
});
