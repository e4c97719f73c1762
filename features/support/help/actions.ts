'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { seeChangesInput } from './schema';
import { seeChanges } from './service';

export const seeChangesAction = staffAction({
  permission: 'today:read',
  input: seeChangesInput,
  audit: 'changes.see',
  run: async (ctx, { day }) => {
    await seeChanges(ctx, day);
    revalidatePath('/', 'layout');
    return { ok: true };
  },
});
