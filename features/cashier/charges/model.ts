import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { CONSULTATION_IDS, GROUP_IDS } from '../price-list/policy';
import { CHARGE_SOURCES, CHARGE_STATES } from './policy';

const id = Schema.Types.ObjectId;
const fixed = { type: String, required: true, immutable: true };

/** What was done for a patient, at the price of its day, until a bill takes it. Never deleted. */
const charge = new Schema(
  {
    source: { type: String, enum: CHARGE_SOURCES, required: true, immutable: true },
    /** What it comes from: told twice, it is one charge. */
    sourceKey: fixed,
    patientId: { type: id, required: true, immutable: true },
    patient: {
      type: new Schema({ name: fixed, number: fixed }, { _id: false, strict: 'throw' }),
      required: true,
    },
    visitId: { type: id, immutable: true },
    /** Where it was done; absent at the first branch. */
    branchId: { type: id, immutable: true },
    doctorId: { type: id, immutable: true },
    doctorName: { type: String, immutable: true },
    day: fixed,
    at: { type: Date, required: true, immutable: true },
    serviceId: { type: id, immutable: true },
    medicineId: { type: id, immutable: true },
    /** Of what was dispensed: what comes back to the shelf is found by it. */
    dispenseId: { type: id, immutable: true },
    code: fixed,
    name: fixed,
    group: { type: String, enum: GROUP_IDS, required: true },
    taxClass: fixed,
    consultation: { type: String, enum: CONSULTATION_IDS },
    quantity: { type: Number, required: true },
    /** Of one, in the smallest unit; absent where the medicine had none: nothing costs 0 by that. */
    unitMinor: Number,
    isInclusive: { type: Boolean, required: true },
    isFree: { type: Boolean, required: true },
    /** Of goods: the lots that they are of, and the numbers of the licence that they were sold under. */
    lots: {
      type: [new Schema({ lotNumber: fixed, expiresOn: fixed }, { _id: false, strict: 'throw' })],
      default: undefined,
    },
    licences: { type: String, immutable: true },
    status: { type: String, enum: CHARGE_STATES, required: true },
    billId: id,
    /** The package that it is included in. */
    packageId: id,
    /** How many of it had been billed by hand before they were done. */
    byHandQuantity: Number,
    /** How many were undone after they had been billed. */
    toCreditQuantity: { type: Number, required: true },
    isToCredit: { type: Boolean, required: true },
    /** By its source, which may come back; else by a person, for good. */
    isVoidedBySource: Boolean,
    voidReason: String,
    voidedByName: String,
    voidedAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
// one charge per source
charge.index({ sourceKey: 1 }, { unique: true });
// what of a patient is to be billed, in order
charge.index({ patientId: 1, status: 1, at: 1, _id: 1 });
// what of the visits of a day is to be billed
charge.index({ visitId: 1, status: 1 });
// done and not billed, the oldest first
charge.index({ status: 1, isFree: 1, at: 1, _id: 1 });
// to be credited, the oldest first
charge.index({ isToCredit: 1, at: 1, _id: 1 });
// what was dispensed; what was given of a medicine that had no price
charge.index({ dispenseId: 1 }, { sparse: true });
charge.index({ medicineId: 1 }, { sparse: true });
// what was done in a package
charge.index({ packageId: 1 }, { sparse: true });
export const chargeModel = defineTenantModel('Charge', 'charges', charge, { sensitive: ['voidReason'] });
