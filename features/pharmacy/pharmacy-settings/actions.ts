'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { pharmacySettingsInput } from './schema';
import { updatePharmacySettings } from './service';

export const updatePharmacySettingsAction = staffAction({
  permission: 'settings:write',
  input: pharmacySettingsInput,
  audit: 'pharmacy-settings.update',
  run: async (ctx, input) => {
    const settings = await updatePharmacySettings(ctx, input);
    revalidatePath(paths.pharmacySettings);
    return settings;
  },
  message: 'The settings of the pharmacy are saved.',
});
