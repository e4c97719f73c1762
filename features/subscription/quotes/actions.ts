'use server';
import { revalidatePath } from 'next/cache';
import { platformAction } from '@/lib/actions/platform';
import { publicAction } from '@/lib/actions/public';
import { paths } from '@/lib/paths';
import { quoteIdInput, quoteTokenInput, sendQuoteInput } from './schema';
import { openQuotePayment, sendQuote, withdrawQuote } from './service';

export const sendQuoteAction = platformAction({
  permission: 'quotes:write',
  input: sendQuoteInput,
  audit: 'quote.send',
  target: ({ organizationId }) => `organization:${organizationId}`,
  organizationId: ({ organizationId }) => organizationId,
  run: async (ctx, input) => {
    await sendQuote(ctx, input);
    revalidatePath(paths.platformOrganization(input.organizationId));
    return { ok: true };
  },
  message: 'The offer is on its way.',
});

export const withdrawQuoteAction = platformAction({
  permission: 'quotes:write',
  input: quoteIdInput,
  audit: 'quote.withdraw',
  target: ({ quoteId }) => `quote:${quoteId}`,
  organizationId: ({ organizationId }) => organizationId,
  run: async (ctx, input) => {
    await withdrawQuote(ctx, input);
    revalidatePath(paths.platformOrganization(input.organizationId));
    return { ok: true };
  },
  message: 'The offer can no longer be taken.',
});

/** From the mailed offer to the payment page. */
export const payQuoteAction = publicAction({
  input: quoteTokenInput,
  audit: 'quote.open',
  run: async ({ token }) => ({ url: await openQuotePayment(token) }),
});
