'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { takeStarterFactsInput } from './schema';
import { takeStarterFacts } from './service';

export const takeStarterFactsAction = staffAction({
  permission: 'medicines:write',
  input: takeStarterFactsInput,
  audit: 'medicine.starter-facts',
  run: async (ctx, input) => {
    const completed = await takeStarterFacts(ctx, input);
    revalidatePath(paths.pharmacySettings);
    return { completed };
  },
  message: ({ completed }) =>
    completed === 1 ? 'One medicine is completed.' : `${completed} medicines are completed.`,
});
