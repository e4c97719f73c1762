import type Stripe from 'stripe';
import { z } from 'zod';
import { type Api, type ApiRoute, find } from '../api';
import { ApiError } from '../errors';
import { upcomingInvoice } from '../flows/preview';
import { changeItems } from '../flows/subscriptions';
import { boolean, integer, list, params, parse, text } from '../form';
import { idOf } from '../objects/subscription';
import { itemInput, itemsAfter, prorationBehavior } from './subscription-items';

const previewInput = params<Stripe.InvoiceCreatePreviewParams>()({
  customer: text.optional(),
  subscription: text.min(1),
  subscription_details: z
    .strictObject({
      items: list(itemInput).max(20).optional(),
      proration_behavior: prorationBehavior,
      proration_date: integer.optional(),
      cancel_at_period_end: boolean.optional(),
      billing_cycle_anchor: z.enum(['now', 'unchanged']).optional(),
      trial_end: z.union([z.literal('now'), integer]).optional(),
    })
    .optional(),
});

/** The invoice that a change would make: the change is made, looked at and taken back. */
function preview(api: Api, input: unknown): Stripe.Invoice {
  const { subscription: id, subscription_details: details = {} } = parse(previewInput, input);
  const subscription = find(api, 'subscription', id, 'subscription');
  const { items, billing_cycle_anchor: anchor, ...rest } = details;
  const invoice =
    subscription.status === 'canceled'
      ? null
      : upcomingInvoice(api, subscription, (before) => {
          const endTrial = rest.trial_end === 'now' && before.status === 'trialing';
          if (rest.cancel_at_period_end) return { ...before, cancel_at_period_end: true };
          if (!items && !endTrial && anchor !== 'now') return before;
          return changeItems(
            api,
            before,
            items ? itemsAfter(api, before, items) : before.items.data,
            {},
            {
              proration: rest.proration_behavior ?? 'create_prorations',
              prorationDate: rest.proration_date,
              restart: anchor === 'now',
              endTrial,
            },
          );
        });
  if (!invoice) {
    throw new ApiError(404, {
      type: 'invalid_request_error',
      code: 'invoice_upcoming_none',
      message: `No upcoming invoices for customer: ${idOf(subscription.customer)}`,
    });
  }
  return invoice;
}

export const previewRoutes: ApiRoute[] = [
  { method: 'POST', path: '/v1/invoices/create_preview', handle: preview },
];
