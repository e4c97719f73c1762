'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { acceptReadingsInput } from './schema';
import { acceptReadings } from './service';

export const acceptReadingsAction = staffAction({
  permission: 'visits:write',
  input: acceptReadingsInput,
  audit: 'device-readings.accept',
  target: ({ visitId }) => `visit:${visitId}`,
  run: async (ctx, input) => {
    const result = await acceptReadings(ctx, input);
    revalidatePath(paths.visit(result.visitId));
    return result;
  },
  message: ({ left }) => ['The readings are taken over.', ...left].join(' '),
});
