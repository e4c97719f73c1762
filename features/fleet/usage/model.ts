import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';
import { ORGANIZATION_STATES, PLAN_IDS } from '@/lib/master/vocabulary';

/**
 * One row per organization: what it uses, and how likely it is to stay. Written by a job, read by lists.
 * `_id` is the organization's.
 */
const schema = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true },
    nameKey: { type: String, required: true },
    plan: { type: String, enum: PLAN_IDS, required: true },
    status: { type: String, enum: ORGANIZATION_STATES, required: true },
    /** False for templates, demos and sandboxes, which no list of customers shows. */
    isCustomer: { type: Boolean, default: true },
    staff: { type: Number, required: true },
    staffLimit: { type: Number, default: null },
    storageBytes: { type: Number, required: true },
    storageLimit: { type: Number, default: null },
    databaseBytes: { type: Number, required: true },
    /** Different people in the last 7 days, in the 7 before them, and in the last 30. */
    activeUsers: {
      type: new Schema(
        {
          last7: { type: Number, required: true },
          before7: { type: Number, required: true },
          last30: { type: Number, required: true },
        },
        { _id: false, strict: 'throw' },
      ),
      required: true,
    },
    /** The epoch when nobody ever was: a list by it needs a value. */
    lastSeenAt: { type: Date, required: true },
    score: { type: Number, required: true },
    reasons: [
      new Schema(
        { text: { type: String, required: true }, points: { type: Number, required: true } },
        { _id: false, strict: 'throw' },
      ),
    ],
    /** The share of each limit that its owner was told of last: 0, 80 or 100. */
    told: {
      type: new Schema(
        { staff: { type: Number, default: 0 }, storage: { type: Number, default: 0 } },
        { _id: false, strict: 'throw' },
      ),
      default: () => ({}),
    },
    summarizedAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
// /platform/usage, by each of its columns
schema.index({ score: 1, _id: 1 });
schema.index({ nameKey: 1, _id: 1 });
schema.index({ databaseBytes: 1, _id: 1 });
schema.index({ lastSeenAt: 1, _id: 1 });

export const usageSummaryModel = defineMasterModel('UsageSummary', 'usage_summaries', schema);
