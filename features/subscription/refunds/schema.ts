import { z } from 'zod';
import { id, text } from '@/lib/fields';

const parts = /^\d{1,7}([.,]\d{1,2})?$/;

export const refundPaymentInput = z.object({
  organizationId: id('We could not find that organization.'),
  chargeId: z.string().regex(/^(ch|py)_[A-Za-z0-9_]{1,100}$/, 'We could not find that payment.'),
  /** As people write it; what it is in the smallest unit depends on the payment's currency. */
  amount: z
    .string('Enter how much goes back.')
    .trim()
    .transform((value) => value.replace(/[\s_]/g, ''))
    .pipe(z.string().regex(parts, 'Enter an amount such as 99 or 99.50.')),
  reason: text(300, 'Say why the money goes back, in at least 5 letters.', 5),
});
export type RefundPaymentInput = z.output<typeof refundPaymentInput>;
