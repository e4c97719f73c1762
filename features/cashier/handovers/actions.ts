'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { acceptHandoverInput, giveDrawerInput, refuseHandoverInput, withdrawHandoverInput } from './schema';
import { acceptHandover, giveDrawer, refuseHandover, withdrawHandover } from './service';

const target = ({ handoverId }: { handoverId: string }): string => `handover:${handoverId}`;

async function refreshed<T>(change: Promise<T>): Promise<T> {
  const result = await change;
  for (const path of [paths.cashier, paths.shift, paths.handover, paths.dayBook()]) revalidatePath(path);
  return result;
}

export const giveDrawerAction = staffAction({
  permission: 'payments:write',
  input: giveDrawerInput,
  audit: 'handover.offer',
  run: (ctx, input) => refreshed(giveDrawer(ctx, input)),
  message: ({ toName }) => `${toName} counts the drawer now, signed in under their own name.`,
});

export const acceptHandoverAction = staffAction({
  permission: 'payments:write',
  input: acceptHandoverInput,
  audit: 'handover.accept',
  target,
  run: (ctx, input) => refreshed(acceptHandover(ctx, input)),
  message: ({ fromName }) => `The drawer of ${fromName} is yours.`,
});

export const refuseHandoverAction = staffAction({
  permission: 'payments:write',
  input: refuseHandoverInput,
  audit: 'handover.refuse',
  target,
  run: (ctx, input) => refreshed(refuseHandover(ctx, input)),
  message: ({ fromName }) => `Refused. ${fromName} goes on with the drawer.`,
});

export const withdrawHandoverAction = staffAction({
  permission: 'payments:write',
  input: withdrawHandoverInput,
  audit: 'handover.withdraw',
  target,
  run: (ctx, input) => refreshed(withdrawHandover(ctx, input)),
  message: ({ fromName }) => `The drawer of ${fromName} takes payments again.`,
});

/** By who closes the day, and need not take payments. */
export const withdrawOtherHandoverAction = staffAction({
  permission: 'days:write',
  input: withdrawHandoverInput,
  audit: 'handover.withdraw',
  target,
  run: (ctx, input) => refreshed(withdrawHandover(ctx, input)),
  message: ({ fromName }) => `The drawer of ${fromName} takes payments again.`,
});
