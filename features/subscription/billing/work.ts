import 'server-only';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { advanceOrganization } from './advance';
import { advanceNonPayment } from './dunning';
import { processEvent } from './events';
import { reconcileAll } from './reconcile';
import { settleTrial } from './trials';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'stripe.event': NoPayload;
    'billing.advance': NoPayload;
    'billing.advance-organization': NoPayload;
    'billing.reconcile': NoPayload;
    'billing.settle-trial': NoPayload;
  }
}

export const billingWork = [
  // The key is the event's id, as Stripe gave it.
  defineWork({
    name: 'stripe.event',
    steps: { processed: ({ key }) => processEvent(key).then(() => done) },
  }),
  defineWork({
    name: 'billing.advance',
    every: { minutes: 10 },
    steps: { advanced: () => advanceNonPayment().then(() => done) },
  }),
  defineWork({
    name: 'billing.advance-organization',
    steps: { advanced: ({ key }) => advanceOrganization(key).then(() => done) },
  }),
  defineWork({
    name: 'billing.reconcile',
    every: { minutes: 24 * 60 },
    steps: { compared: () => reconcileAll().then(() => done) },
  }),
  defineWork({
    name: 'billing.settle-trial',
    steps: { settled: ({ key }) => settleTrial(key).then(() => done) },
  }),
];
