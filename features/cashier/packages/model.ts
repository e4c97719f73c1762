import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

const id = Schema.Types.ObjectId;
const fixed = { type: String, required: true, immutable: true };

const part = new Schema(
  {
    serviceId: { type: id, required: true },
    code: fixed,
    name: fixed,
    quantity: { type: Number, required: true, immutable: true },
    /** How many were done. */
    used: { type: Number, required: true },
  },
  { _id: false, strict: 'throw' },
);

/** A package that a patient has bought: what its price held on that day, and what of it was done. */
const soldPackage = new Schema(
  {
    patientId: { type: id, required: true },
    patient: {
      type: new Schema({ name: fixed, number: fixed }, { _id: false, strict: 'throw' }),
      required: true,
    },
    serviceId: { type: id, required: true, immutable: true },
    name: fixed,
    billId: { type: id, required: true, immutable: true },
    billNumber: fixed,
    day: fixed,
    at: { type: Date, required: true, immutable: true },
    /** The last day on which its parts are included. */
    until: fixed,
    parts: { type: [part], required: true },
    /** Taken back with its bill: nothing is included any longer. */
    isEnded: { type: Boolean, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// what is included for a patient, the oldest first
soldPackage.index({ patientId: 1, isEnded: 1, at: 1, _id: 1 });
// the packages of a bill
soldPackage.index({ billId: 1, at: 1 });
// all that were sold, newest first
soldPackage.index({ at: -1, _id: -1 });
export const soldPackageModel = defineTenantModel('SoldPackage', 'sold_packages', soldPackage);
