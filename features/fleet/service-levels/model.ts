import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';

/** How often an organization was asked in a month, and how often it did not answer. */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    /** `2026-03`, in UTC. */
    month: { type: String, required: true, immutable: true },
    /** Hundredths of a per cent, as it was promised when the month was last measured. */
    promised: { type: Number, required: true },
    checks: { type: Number, default: 0 },
    failed: { type: Number, default: 0 },
    /** Within maintenance that was announced: they count neither way. */
    excused: { type: Number, default: 0 },
    /** The last check that counts; one that another process has made within it is not made again. */
    checkedAt: { type: Date, required: true },
    /** What a person of the company decided of a month that was missed. */
    settlement: {
      type: new Schema(
        {
          kind: { type: String, enum: ['credited', 'waived'], required: true },
          at: { type: Date, required: true },
          byName: { type: String, required: true },
          words: { type: String, required: true },
        },
        { _id: false, strict: 'throw' },
      ),
    },
  },
  { strict: 'throw' },
);
// an organization's, newest first
schema.index({ organizationId: 1, month: -1 }, { unique: true });
// those of a month
schema.index({ month: 1 });

export const serviceMonthModel = defineMasterModel('ServiceMonth', 'service_months', schema);
