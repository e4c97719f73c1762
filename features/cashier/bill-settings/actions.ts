'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { updateBillSettingsInput } from './schema';
import { updateBillSettings } from './service';

export const updateBillSettingsAction = staffAction({
  permission: 'prices:write',
  input: updateBillSettingsInput,
  audit: 'bill-settings.update',
  run: async (ctx, input) => {
    const settings = await updateBillSettings(ctx, input);
    revalidatePath(paths.billSettings);
    return settings;
  },
  message: 'The settings of bills are saved.',
});
