'use server';
import { revalidatePath } from 'next/cache';
import { platformAction } from '@/lib/actions/platform';
import { paths } from '@/lib/paths';
import { refundPaymentInput } from './schema';
import { refundPayment } from './service';

export const refundPaymentAction = platformAction({
  permission: 'refunds:write',
  input: refundPaymentInput,
  again: true,
  audit: 'payment.refund',
  target: ({ chargeId }) => `payment:${chargeId}`,
  organizationId: ({ organizationId }) => organizationId,
  run: async (ctx, input) => {
    const words = await refundPayment(ctx, input);
    revalidatePath(paths.platformOrganization(input.organizationId));
    return { words };
  },
  message: ({ words }) => `${words} goes back. Those who pay have been told by mail.`,
});
