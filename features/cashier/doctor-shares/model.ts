import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { GROUP_IDS } from '../price-list/policy';
import { BASIS_IDS } from './policy';

const fixed = { type: String, required: true, immutable: true };

/**
 * What a doctor has of what is billed. Ended and added, never changed: a month that was paid reads the
 * same.
 */
const shareRule = new Schema(
  {
    doctorId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    doctorName: fixed,
    group: { type: String, enum: GROUP_IDS, immutable: true },
    basis: { type: String, enum: BASIS_IDS, required: true, immutable: true },
    rateBp: { type: Number, immutable: true },
    fixedMinor: { type: Number, immutable: true },
    from: fixed,
    /** The last day. */
    to: { type: String, required: true },
    byName: fixed,
  },
  { timestamps: true, strict: 'throw' },
);
// all rules, by doctor, the newest first
shareRule.index({ doctorName: 1, from: -1, _id: -1 });
export const shareRuleModel = defineTenantModel('ShareRule', 'share_rules', shareRule);
