'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { askRefundAgainInput } from './schema';
import { askRefundAgain } from './service';

export const askRefundAgainAction = staffAction({
  permission: 'refunds:write',
  input: askRefundAgainInput,
  audit: 'online-refund.again',
  target: ({ refundId }) => `online-refund:${refundId}`,
  run: async (ctx, input) => {
    const refund = await askRefundAgain(ctx, input);
    revalidatePath(paths.onlinePayments);
    return refund;
  },
  message: 'The refund is asked for again.',
});
