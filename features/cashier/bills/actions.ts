'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { assignShareInput, issueBillInput } from './schema';
import { assignShare, issueBill } from './service';

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

export const assignShareAction = staffAction({
  permission: 'bills:write',
  input: assignShareInput,
  audit: 'bill.share',
  target: ({ billId }) => `bill:${billId}`,
  run: async (ctx, input) => {
    const bill = await assignShare(ctx, input);
    revalidatePath(paths.cashier);
    revalidatePath(paths.bill(bill.id));
    return bill;
  },
  message: 'The claim is on the list.',
});
