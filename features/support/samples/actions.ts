'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { samplesInput } from './schema';
import { addSamples } from './service/add-samples';
import { removeSamples } from './service/remove-samples';

export const addSamplesAction = staffAction({
  permission: 'settings:write',
  input: samplesInput,
  audit: 'samples.add',
  run: async (ctx) => {
    const patients = await addSamples(ctx);
    revalidatePath('/', 'layout');
    return { patients };
  },
  message: ({ patients }) => `${patients} sample patients are there. Look at the queue.`,
});

export const removeSamplesAction = staffAction({
  permission: 'settings:write',
  input: samplesInput,
  audit: 'samples.remove',
  run: async (ctx) => {
    const patients = await removeSamples(ctx);
    revalidatePath('/', 'layout');
    return { patients };
  },
  message: 'The sample patients are gone, with all that was written about them.',
});
