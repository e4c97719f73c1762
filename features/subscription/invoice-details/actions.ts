'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { saveInvoiceDetailsInput } from './schema';
import { saveInvoiceDetails } from './service';

export const saveInvoiceDetailsAction = staffAction({
  permission: 'billing:write',
  input: saveInvoiceDetailsInput,
  audit: 'billing.details.save',
  run: async (ctx, input) => {
    await saveInvoiceDetails(ctx, input);
    revalidatePath(paths.billing);
    return { ok: true };
  },
  message: 'Saved. Your next invoice says so.',
});
