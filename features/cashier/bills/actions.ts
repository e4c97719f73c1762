'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { issueBillInput } from './schema';
import { issueBill } from './service';

export const issueBillAction = staffAction({
  permission: 'bills:write',
  input: issueBillInput,
  audit: 'bill.issue',
  run: async (ctx, input) => {
    const bill = await issueBill(ctx, input);
    revalidatePath(paths.cashier);
    revalidatePath(paths.patient(input.patientId));
    return bill;
  },
  message: ({ number }) => `Bill ${number} is issued.`,
});
