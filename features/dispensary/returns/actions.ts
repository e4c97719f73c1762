'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { takeBackInput } from './schema';
import { takeBack } from './service';

export const takeBackAction = staffAction({
  permission: 'dispenses:write',
  input: takeBackInput,
  audit: 'dispense.take-back',
  target: ({ dispenseId }) => `dispense:${dispenseId}`,
  run: async (ctx, input) => {
    const back = await takeBack(ctx, input);
    revalidatePath(paths.takeBack(back.dispenseId));
    revalidatePath(paths.pharmacy);
    revalidatePath(paths.medicines);
    revalidatePath(paths.charges);
    return back;
  },
  message: 'Taken back. What was billed is for the cashier to credit.',
});
