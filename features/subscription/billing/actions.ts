'use server';
import { z } from 'zod';
import { publicAction } from '@/lib/actions/public';
import { staffAction } from '@/lib/actions/staff';
import { AppError } from '@/lib/errors';
import { createPayAddress, createPortalSession } from './checkout';
import { readPayToken } from './pay-link';

/** Where the owner changes card and plan, sees invoices, or cancels: Stripe's own pages. */
export const openBillingPortalAction = staffAction({
  permission: 'billing:write',
  input: z.object({}),
  audit: 'billing.portal.open',
  entryAfter: 'Opens a page of Stripe; nothing of ours changes.',
  run: async (ctx) => ({ url: await createPortalSession(ctx.organizationId) }),
});

/** From a pay link, without signing in: to the open invoice, or to a new subscription. */
export const payByLinkAction = publicAction({
  input: z.object({ token: z.string().max(500) }),
  audit: 'billing.pay-link',
  run: async ({ token }) => {
    const organizationId = readPayToken(token);
    if (!organizationId)
      throw new AppError('UNAUTHENTICATED', 'This link is too old. Sign in to get a new one.');
    return { url: await createPayAddress(organizationId) };
  },
});
