'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import { closeDayInput } from './schema';
import { closeDay } from './service';

export const closeDayAction = staffAction({
  permission: 'days:write',
  input: closeDayInput,
  audit: 'day.close',
  target: ({ day }) => `day:${day}`,
  run: async (ctx, input) => {
    const book = await closeDay(ctx, input);
    revalidatePath(paths.dayBook());
    return book;
  },
  message: ({ day }) => `${formatDay(day)} is closed.`,
});
