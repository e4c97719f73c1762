import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** The event ledger: the id is Stripe's, so that a second delivery finds the first. */
const schema = new Schema(
  {
    _id: { type: String, required: true },
    type: { type: String, required: true },
    customerId: String,
    /** Where an event names no customer: the charge or the test clock that leads to one. */
    chargeId: String,
    clockId: String,
    organizationId: Schema.Types.ObjectId,
    /** What an invoice asked for, so that a failed payment says how much. */
    amountCents: Number,
    currency: String,
    outcome: { type: String, enum: ['received', 'processed', 'ignored', 'failed'], required: true },
    error: String,
    attempts: { type: Number, default: 0 },
    deliveries: { type: Number, default: 1 },
    stripeCreatedAt: { type: Date, required: true },
    receivedAt: { type: Date, required: true },
    processedAt: Date,
  },
  { strict: 'throw' },
);
// /platform/events: newest first
schema.index({ receivedAt: -1, _id: -1 });
// by outcome, and by organization or kind
schema.index({ outcome: 1, receivedAt: -1, _id: -1 });
schema.index({ organizationId: 1, receivedAt: -1, _id: -1 });
// /platform/revenue: declined payments
schema.index({ type: 1, receivedAt: -1, _id: -1 });
// /platform/organizations/[id]
schema.index({ customerId: 1, receivedAt: -1, _id: -1 });

export const stripeEventModel = defineMasterModel('StripeEvent', 'stripe_events', schema);
