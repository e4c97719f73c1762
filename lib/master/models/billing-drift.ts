import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** What the nightly comparison with Stripe found: one row per field that differed, with what came of it. */
const drift = new Schema(
  {
    runId: { type: String, required: true },
    organizationId: { type: Schema.Types.ObjectId, required: true },
    field: { type: String, required: true },
    ours: { type: String, required: true },
    stripe: { type: String, required: true },
    isRepaired: { type: Boolean, required: true },
    at: { type: Date, required: true },
  },
  { strict: 'throw' },
);
// /platform/events: newest first
drift.index({ at: -1, _id: -1 });
drift.index({ runId: 1, _id: 1 });
export const billingDriftModel = defineMasterModel('BillingDrift', 'billing_drifts', drift);

/** One comparison of every organization with Stripe. */
const run = new Schema(
  {
    _id: { type: String, required: true },
    startedAt: { type: Date, required: true },
    finishedAt: Date,
    compared: { type: Number, default: 0 },
    drifted: { type: Number, default: 0 },
    failed: { type: Number, default: 0 },
    /** The last organization that is done; a run that was cut off goes on behind it. */
    cursor: String,
  },
  { strict: 'throw' },
);
run.index({ startedAt: -1 });
export const reconciliationModel = defineMasterModel('Reconciliation', 'reconciliations', run);
