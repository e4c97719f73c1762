'use server';
import { revalidatePath } from 'next/cache';
import { platformAction } from '@/lib/actions/platform';
import { publicAction } from '@/lib/actions/public';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import {
  acceptQuoteInput,
  agreeSharedInput,
  askForOfferInput,
  quoteIdInput,
  quoteTokenInput,
  sendQuoteInput,
} from './schema';
import { acceptQuote, agreeShared, askForOffer, openQuotePayment, sendQuote, withdrawQuote } from './service';

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

export const askForOfferAction = staffAction({
  permission: 'billing:write',
  input: askForOfferInput,
  audit: 'billing.offer.ask',
  run: async (ctx, input) => {
    await askForOffer(ctx, input);
    revalidatePath(paths.billing);
    return { ok: true };
  },
  message: 'We have your request. A mail confirms it.',
});

export const acceptQuoteAction = staffAction({
  permission: 'billing:write',
  input: acceptQuoteInput,
  audit: 'billing.offer.accept',
  again: true,
  entryAfter: 'Stripe keeps the subscription; what it says is written by syncSubscription.',
  target: ({ quoteId }) => `quote:${quoteId}`,
  run: async (ctx, input) => {
    await acceptQuote(ctx, input);
    revalidatePath(paths.billing);
    return { ok: true };
  },
  message: 'Your organization is on Enterprise now.',
});

export const agreeSharedAction = platformAction({
  permission: 'quotes:write',
  input: agreeSharedInput,
  audit: 'quote.agree-shared',
  target: ({ organizationId }) => `organization:${organizationId}`,
  organizationId: ({ organizationId }) => organizationId,
  run: async (ctx, input) => {
    await agreeShared(ctx, input);
    revalidatePath(paths.platformOrganization(input.organizationId));
    return { ok: true };
  },
  message: 'The set-up goes on; those who pay have been told.',
});
