import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { DISPENSE_STATUSES, STATUSES } from './policy';

const id = Schema.Types.ObjectId;

/** The patient as at the visit: enough for the pharmacy's list and for the paper. */
const patient = {
  type: new Schema(
    {
      name: { type: String, required: true },
      number: { type: String, required: true },
      sex: { type: String, required: true },
      dateOfBirth: { type: String, required: true },
    },
    { _id: false, strict: 'throw' },
  ),
  required: true,
};

const prescriptionSchema = new Schema(
  {
    /** Of the press that made it. */
    requestKey: { type: String, required: true, immutable: true },
    /** Of the last press that changed it. */
    lastRequestKey: { type: String, required: true },
    visitId: { type: id, required: true },
    patientId: { type: id, required: true },
    patient,
    /** Where the visit is; absent at the first branch. */
    branchId: Schema.Types.ObjectId,
    /** Of the visit. */
    day: { type: String, required: true },
    token: { type: Number, required: true },
    status: { type: String, enum: STATUSES, required: true },
    /** PrescriptionContent as JSON. */
    content: { type: String, required: true },
    version: { type: Number, required: true },
    savedAt: { type: Date, required: true },
    savedByName: { type: String, required: true },
    signedAt: Date,
    signedById: String,
    signedByName: String,
    /** Of the doctor, as printed. */
    registrationNumber: String,
    voidedAt: Date,
    voidedByName: String,
    voidReason: String,
    dispenseStatus: { type: String, enum: DISPENSE_STATUSES, required: true },
    /** Dispensed as JSON. */
    dispensed: String,
  },
  { timestamps: true, strict: 'throw' },
);
// a press that arrives twice
prescriptionSchema.index({ requestKey: 1 }, { unique: true });
// what a visit has
prescriptionSchema.index({ visitId: 1, _id: -1 });
// a patient's prescriptions, newest first
prescriptionSchema.index({ patientId: 1, _id: -1 });
// what was prescribed on a day
prescriptionSchema.index({ day: 1, status: 1 });
// who waits at the pharmacy of a branch, and who is owed something, oldest first
prescriptionSchema.index({ dispenseStatus: 1, branchId: 1, signedAt: 1, _id: 1 });

export const prescriptionModel = defineTenantModel('Prescription', 'prescriptions', prescriptionSchema, {
  sensitive: ['content', 'voidReason', 'dispensed'],
});

/** What a signed prescription said before it was changed. Written once, never changed. */
const versionSchema = new Schema(
  {
    prescriptionId: { type: id, required: true, immutable: true },
    version: { type: Number, required: true, immutable: true },
    content: { type: String, required: true, immutable: true },
    byName: { type: String, required: true, immutable: true },
    replacedByName: { type: String, required: true, immutable: true },
    replacedAt: { type: Date, required: true, immutable: true },
    reason: { type: String, required: true, immutable: true },
  },
  { strict: 'throw' },
);
// what a prescription said before, newest first; no version twice
versionSchema.index({ prescriptionId: 1, version: -1 }, { unique: true });
export const prescriptionVersionModel = defineTenantModel(
  'PrescriptionVersion',
  'prescription_versions',
  versionSchema,
  { sensitive: ['content', 'reason'] },
);

/** Medicines that are prescribed together, as they are written on a sheet. No patient's. */
const setSchema = new Schema(
  {
    name: { type: String, required: true },
    /** The person whose own it is; empty for everybody's. */
    ownerId: { type: String, default: '' },
    /** The name as it is compared, behind its owner: no owner has a name twice. */
    nameKey: { type: String, required: true },
    lines: { type: String, required: true },
    savedByName: { type: String, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// no name twice
setSchema.index({ nameKey: 1 }, { unique: true });
// one's own and everybody's by name
setSchema.index({ ownerId: 1, nameKey: 1 });
export const prescriptionSetModel = defineTenantModel('PrescriptionSet', 'prescription_sets', setSchema);
