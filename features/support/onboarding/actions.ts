'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { startListInput } from './schema';
import { setPutAway } from './service';

export const putListAwayAction = staffAction({
  permission: 'settings:write',
  input: startListInput,
  audit: 'onboarding.put-away',
  run: async (ctx) => {
    await setPutAway(ctx, true);
    revalidatePath(paths.today);
    return { ok: true };
  },
  message: 'The list is put away. Under Settings it comes back.',
});

export const showListAction = staffAction({
  permission: 'settings:write',
  input: startListInput,
  audit: 'onboarding.show',
  run: async (ctx) => {
    await setPutAway(ctx, false);
    revalidatePath(paths.settings);
    return { ok: true };
  },
  message: 'The list is on Today again.',
});
