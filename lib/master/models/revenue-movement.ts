import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';
import { PLAN_IDS } from '../vocabulary';

const MOVEMENT_KINDS = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const;
export type RevenueMovementKind = (typeof MOVEMENT_KINDS)[number];

/**
 * The ledger of monthly recurring revenue: one row per change of an organization's monthly cents, never
 * changed.
 */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    /** From 1 per organization: of two writers that saw the same last row, one fails. */
    sequence: { type: Number, required: true, immutable: true },
    at: { type: Date, required: true, immutable: true },
    kind: { type: String, enum: MOVEMENT_KINDS, required: true, immutable: true },
    plan: { type: String, enum: PLAN_IDS, required: true, immutable: true },
    /** An organization is one currency at a time; amounts of two are never added. */
    currency: { type: String, required: true, immutable: true },
    beforeCents: { type: Number, required: true, immutable: true },
    afterCents: { type: Number, required: true, immutable: true },
    deltaCents: { type: Number, required: true, immutable: true },
    /** +1 when a customer begins to pay, -1 when it ends, 0 when only the amount changes. */
    deltaCustomers: { type: Number, required: true, immutable: true },
    subscriptionId: { type: String, required: true, immutable: true },
  },
  { strict: 'throw' },
);
// the last row of an organization
schema.index({ organizationId: 1, sequence: 1 }, { unique: true });
// a month in sums; everything before it
schema.index({ currency: 1, at: 1 });
// the organizations behind a number, newest first
schema.index({ currency: 1, kind: 1, at: -1, _id: -1 });

export const revenueMovementModel = defineMasterModel('RevenueMovement', 'revenue_movements', schema);
