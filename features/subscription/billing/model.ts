import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';

/**
 * Who has had a free trial. The id is what may have only one: `organization:<id>` or `email:<normalised
 * address>`, so that two at the same moment cannot both have it. Rows stay when the organization goes.
 */
const schema = new Schema(
  {
    _id: { type: String, required: true },
    organizationId: { type: Schema.Types.ObjectId, required: true },
    claimedAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);

export const trialClaimModel = defineMasterModel('TrialClaim', 'trial_claims', schema);
