'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { updateOrganizationInput } from './schema';
import { updateOrganization } from './service';

export const updateOrganizationAction = staffAction({
  permission: 'settings:write',
  input: updateOrganizationInput,
  audit: 'organization.update',
  run: async (ctx, input) => {
    await updateOrganization(ctx, input);
    // The name stands in the shell of every page.
    revalidatePath('/', 'layout');
  },
  message: 'Saved.',
});
