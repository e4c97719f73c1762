'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { setLevelInput } from './schema';
import { setLevel } from './service';

export const setLevelAction = staffAction({
  permission: 'medicines:write',
  input: setLevelInput,
  audit: 'stock-level.set',
  target: ({ medicineId }) => `medicine:${medicineId}`,
  run: async (ctx, input) => {
    const { medicineId } = await setLevel(ctx, input);
    revalidatePath(paths.medicine(medicineId));
    return { medicineId };
  },
  message: 'Saved. What is missing stands in what to order and what to refill.',
});
