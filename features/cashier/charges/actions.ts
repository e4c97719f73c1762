'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { setChargeAsideInput } from './schema';
import { setChargeAside } from './service';

export const setChargeAsideAction = staffAction({
  permission: 'charges:write',
  input: setChargeAsideInput,
  audit: 'charge.set-aside',
  target: ({ chargeId }) => `charge:${chargeId}`,
  run: async (ctx, input) => {
    const charge = await setChargeAside(ctx, input);
    revalidatePath(paths.charges);
    revalidatePath(paths.cashier);
    return charge;
  },
  message: ({ name }) => `${name} is off the list.`,
});
