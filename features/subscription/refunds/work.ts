import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { creditRefund } from './credit-note';
import { tellOfRefund } from './mails';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'refund.credit': NoPayload;
  }
}

/**
 * Its key is the refund's id: the money has gone, and its note follows also where Stripe was away then. Asked
 * for again it finds both done.
 */
export const refundWork = defineWork({
  name: 'refund.credit',
  steps: {
    credited: ({ key }) => creditRefund(key).then(() => done),
    told: ({ key }) => tellOfRefund(key).then(() => done),
  },
});
