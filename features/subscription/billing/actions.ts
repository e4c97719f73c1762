'use server';
import { z } from 'zod';
import { staffAction } from '@/lib/actions/staff';
import { createPortalSession } from './checkout';

/** Where the owner changes card and plan, sees invoices, or cancels: Stripe's own pages. */
export const openBillingPortalAction = staffAction({
  permission: 'billing:write',
  input: z.object({}),
  audit: 'billing.portal.open',
  run: async (ctx) => ({ url: await createPortalSession(ctx.organizationId) }),
});
