import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

const schema = new Schema(
  {
    number: { type: String, required: true },
    firstName: { type: String, required: true },
    lastName: { type: String, required: true },
    sex: { type: String, enum: ['female', 'male', 'other', 'unknown'], required: true },
    /** Day as text; see isBirthEstimated where only the age was known. */
    dateOfBirth: { type: String, required: true },
    isBirthEstimated: { type: Boolean, default: false },
    phone: { type: String, required: true },
    email: String,
    address: String,
    city: String,
    guardianName: String,
    notes: String,
    /** Folded words of the name, for search by the beginning of any of them. */
    nameKeys: { type: [String], required: true },
    /** "last first", folded: the order of lists. */
    sortName: { type: String, required: true },
    phoneKey: { type: String, required: true },
    lastVisitAt: Date,
    createdById: { type: String, required: true },
    version: { type: Number, default: 0 },
  },
  { timestamps: true, strict: 'throw' },
);
// by number, exactly
schema.index({ number: 1 }, { unique: true });
// search by the beginning of a name
schema.index({ nameKeys: 1, sortName: 1, _id: 1 });
// search by phone, and duplicates
schema.index({ phoneKey: 1, _id: 1 });
// duplicates by name and birth
schema.index({ dateOfBirth: 1, sortName: 1 });
// the list by name
schema.index({ sortName: 1, _id: 1 });
// the list by registration; what is new today
schema.index({ createdAt: -1, _id: -1 });

export const patientModel = defineTenantModel('Patient', 'patients', schema);
