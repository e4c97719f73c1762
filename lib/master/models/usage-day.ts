import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** What one organization used on one day (UTC): counts and sizes, nothing of any patient. */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    day: { type: String, required: true },
    pages: { type: Number, default: 0 },
    /** Actions and route handlers. */
    calls: { type: Number, default: 0 },
    /** Pages by part of the product. */
    features: { type: Map, of: Number, default: () => new Map() },
    activeUsers: { type: Number, default: 0 },
    staff: Number,
    storageBytes: Number,
    databaseBytes: Number,
  },
  { strict: 'throw' },
);
// the days of an organization
schema.index({ organizationId: 1, day: 1 }, { unique: true });

export const usageDayModel = defineMasterModel('UsageDay', 'usage_days', schema);
