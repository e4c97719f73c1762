'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { getPrincipal } from '@/lib/auth/principal';
import { paths } from '@/lib/paths';
import { addBranchInput, branchInput, updateBranchInput } from './schema';
import { addBranch, chooseBranch, updateBranch } from './service';

export const addBranchAction = staffAction({
  permission: 'settings:write',
  input: addBranchInput,
  audit: 'branch.add',
  run: async (ctx, input) => {
    const branch = await addBranch(ctx, input);
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
    const branch = await updateBranch(ctx, input);
    revalidatePath(paths.today, 'layout');
    return branch;
  },
  message: ({ name }) => `${name} is saved.`,
});

export const chooseBranchAction = staffAction({
  permission: 'today:read',
  input: branchInput,
  audit: 'account.branch.choose',
  target: ({ branchId }) => `branch:${branchId}`,
  run: async (ctx, { branchId }) => chooseBranch(ctx, branchId, (await getPrincipal())?.sessionId ?? ''),
});
