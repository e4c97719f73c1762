'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { closeOtherShiftInput, closeShiftInput, openShiftInput } from './schema';
import { closeOtherShift, closeShift, openShift } from './service';

async function refreshed<T>(change: Promise<T>): Promise<T> {
  const result = await change;
  revalidatePath(paths.cashier);
  revalidatePath(paths.shift);
  revalidatePath(paths.dayBook());
  return result;
}

export const openShiftAction = staffAction({
  permission: 'payments:write',
  input: openShiftInput,
  audit: 'shift.open',
  run: (ctx, input) => refreshed(openShift(ctx, input)),
  message: 'Your shift is open.',
});

export const closeShiftAction = staffAction({
  permission: 'payments:write',
  input: closeShiftInput,
  audit: 'shift.close',
  run: (ctx, input) => refreshed(closeShift(ctx, input)),
  message: 'Your shift is closed.',
});

export const closeOtherShiftAction = staffAction({
  permission: 'days:write',
  input: closeOtherShiftInput,
  audit: 'shift.close-other',
  run: (ctx, input) => refreshed(closeOtherShift(ctx, input)),
  message: ({ cashierName }) => `The shift of ${cashierName} is closed.`,
});
