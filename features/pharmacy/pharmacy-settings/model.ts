import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

/** A licence is for premises: what one branch prints in place of what all do. */
const ofBranch = new Schema(
  { branchId: { type: Schema.Types.ObjectId, required: true }, licences: String, pharmacist: String },
  { _id: false, strict: 'throw' },
);

/** One document: what this pharmacy is licensed for and how it takes things back. */
const settings = new Schema(
  {
    _id: { type: String, required: true },
    /** As they are printed, such as "20: KA-B1-123456, 21: KA-B1-123457". */
    licences: String,
    /** Who answers for the counter, with the number of their registration. */
    pharmacist: String,
    /** Of branches other than the first, where they have their own. */
    ofBranches: { type: [ofBranch], default: undefined },
    /** Nothing comes back later than so many days; absent for no limit. */
    returnDays: Number,
    /** Opened packs come back too, into quarantine. */
    isOpenedTaken: Boolean,
    /** Sold without a scan of the paper also where the law has it kept. */
    isSoldUnscanned: Boolean,
    version: Number,
  },
  { timestamps: true, strict: 'throw' },
);

export const pharmacySettingsModel = defineTenantModel('PharmacySettings', 'pharmacy_settings', settings);
