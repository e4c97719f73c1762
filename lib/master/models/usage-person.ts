import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/**
 * That a person worked in an organization on a day (UTC): who was active is counted from these, once each.
 */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    day: { type: String, required: true },
    userId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { strict: 'throw' },
);
// the people of some days
schema.index({ organizationId: 1, day: 1, userId: 1 }, { unique: true });
// No page looks further back than 30 days.
schema.index({ at: 1 }, { expireAfterSeconds: 40 * 24 * 60 * 60 });

export const usagePersonModel = defineMasterModel('UsagePerson', 'usage_people', schema);
