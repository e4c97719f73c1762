import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { SEX_IDS } from './policy';

const otherRecord = {
  type: new Schema(
    { patientId: { type: Schema.Types.ObjectId, required: true }, number: { type: String, required: true } },
    { _id: false, strict: 'throw' },
  ),
};

const schema = new Schema(
  {
    number: { type: String, required: true },
    /** The number as a number: the order of registration. */
    sequence: { type: Number, required: true },
    firstName: { type: String, required: true },
    lastName: { type: String, default: '' },
    sex: { type: String, enum: SEX_IDS, required: true },
    /** Day as text; see isBirthEstimated where only the age was known. */
    dateOfBirth: { type: String, required: true },
    isBirthEstimated: { type: Boolean, default: false },
    namePrefix: String,
    phone: String,
    noPhoneReason: String,
    alternatePhone: String,
    email: String,
    address: String,
    village: String,
    city: String,
    district: String,
    region: String,
    postalCode: String,
    guardianName: String,
    guardianRelation: String,
    guardianPhone: String,
    bloodGroup: String,
    occupation: String,
    spokenLanguage: String,
    otherNumbers: String,
    referredBy: String,
    abhaNumber: String,
    abhaAddress: String,
    /** Names of FLAGS with commas between them. */
    flags: String,
    notes: String,
    /** A day; the record is inactive from then on. */
    deceasedOn: String,
    /** Folded pairs of the name's words; see nameKeysOf. */
    nameKeys: { type: [String], required: true },
    /** Pairs of how the words sound; see soundKeysOf. None in records of before version 13. */
    soundKeys: { type: [String], default: undefined },
    /** The name folded, as it is written: the order of lists. */
    sortName: { type: String, required: true },
    /** What the phone numbers and the e-mail address are found by: keyed digests; see contactTextsOf. */
    contactTokens: { type: [String], default: undefined },
    /** Digits in the clear, in records of before version 3 only; the migration removes them. */
    phoneKeys: { type: [String], default: undefined },
    /** No longer offered for appointments; the record stays. */
    isActive: { type: Boolean, default: true },
    /** The record that has taken this one in: the same person was registered twice (frontdesk/merges). */
    mergedInto: otherRecord,
    /** The records that this one has taken in. */
    merged: { type: [otherRecord.type], default: undefined },
    lastVisitAt: Date,
    /**
     * The day of the last visit, or of a later appointment that is still booked; none while nobody is to be
     * asked again.
     */
    recallFrom: String,
    /** Where their last visit was; written with `recallFrom`, absent for the first branch. */
    recallBranchId: Schema.Types.ObjectId,
    /** The day on which the doctor wants to see the patient again, and the day of the visit that said so. */
    reviewDay: String,
    reviewFrom: String,
    /** `reviewDay` while nobody has come or booked since; written with `recallFrom`. */
    reviewDue: String,
    /** Grows with each writing of `recallFrom`, so that one that was overtaken writes nothing. */
    recallRevision: Number,
    /** Grows with each change of what was measured. */
    examinationRevision: Number,
    /** Where they were registered; absent at the first branch. */
    branchId: Schema.Types.ObjectId,
    createdById: { type: String, required: true },
    createdByName: { type: String, required: true },
    updatedByName: String,
    version: { type: Number, default: 0 },
  },
  { timestamps: true, strict: 'throw' },
);
// by number, exactly or by its beginning
schema.index({ number: 1 }, { unique: true });
// the list by registration, both ways
schema.index({ sequence: 1 }, { unique: true });
// search by the beginning of a name
schema.index({ nameKeys: 1 });
// search by how a name sounds, alone or with a year of birth
schema.index({ soundKeys: 1, dateOfBirth: 1 });
// search by phone or e-mail, and duplicates
schema.index({ contactTokens: 1 });
// search by birth day, and duplicates by name and birth
schema.index({ dateOfBirth: 1, nameKeys: 1 });
// the list by name
schema.index({ sortName: 1, _id: 1 });
// who is due again, by month
schema.index({ recallFrom: 1, _id: 1 });
// whom a doctor wants to see again, by the day
schema.index({ reviewDue: 1, _id: 1 });
// what is new today
schema.index({ createdAt: -1 });

// Names, birth and sex stay in the clear: lists are searched and sorted by them (docs/decisions/0008).
export const patientModel = defineTenantModel('Patient', 'patients', schema, {
  sensitive: [
    ...(['namePrefix', 'phone', 'noPhoneReason', 'alternatePhone', 'email', 'notes', 'flags'] as const),
    ...(['address', 'village', 'city', 'district', 'region', 'postalCode'] as const),
    ...(['guardianName', 'guardianRelation', 'guardianPhone'] as const),
    ...(['bloodGroup', 'occupation', 'spokenLanguage', 'deceasedOn'] as const),
    ...(['otherNumbers', 'referredBy', 'abhaNumber', 'abhaAddress'] as const),
  ],
});
