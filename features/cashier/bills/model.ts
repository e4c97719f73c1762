import 'server-only';
import { Schema } from 'mongoose';
import { ONCE_PER_PRESS } from '@/lib/mongo';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { CONSULTATION_IDS, GROUP_IDS } from '../price-list/policy';
import { BILL_KINDS, DISCOUNT_REASON_IDS } from './policy';

const id = Schema.Types.ObjectId;
/** An amount in the smallest unit, and a text, that are written once. */
export const money = { type: Number, required: true, immutable: true };
export const fixed = { type: String, required: true, immutable: true };
/** The patient as they were called on that day. */
export const patientCopy = {
  type: new Schema({ name: fixed, number: fixed }, { _id: false, strict: 'throw' }),
  required: true,
};

/** A copy of what was billed, as the price list and the law were on that day. */
const line = new Schema(
  {
    serviceId: { type: id },
    /** Of what the pharmacy gave, which is on no price list. */
    medicineId: { type: id },
    /** What was done, and is billed by this line. */
    chargeId: { type: id },
    code: fixed,
    name: fixed,
    group: { type: String, enum: GROUP_IDS, required: true },
    consultation: { type: String, enum: CONSULTATION_IDS },
    isFree: { type: Boolean, required: true },
    /** Its payer pays nothing of it. */
    isNotPayable: { type: Boolean, immutable: true },
    hsn: { type: String, default: '' },
    /** Of goods. */
    lots: {
      type: [new Schema({ lotNumber: fixed, expiresOn: fixed }, { _id: false, strict: 'throw' })],
      default: undefined,
    },
    quantity: money,
    unitMinor: money,
    isInclusive: { type: Boolean, required: true },
    grossMinor: money,
    discountMinor: money,
    taxableMinor: money,
    taxes: {
      type: [new Schema({ name: fixed, rateBp: money, amountMinor: money }, { _id: false, strict: 'throw' })],
      required: true,
    },
    taxMinor: money,
    totalMinor: money,
    /** The one thing of a line that moves: how many of its pieces credit notes have taken back. */
    creditedQuantity: { type: Number, required: true, default: 0 },
  },
  { _id: false, strict: 'throw' },
);

/**
 * Bills and credit notes. What a credit note takes back is below zero, so that any sum over rows is right.
 * Once issued only `paidMinor`, `creditedMinor`, their kin and the count of prints change
 * (docs/decisions/0023).
 */
const bill = new Schema(
  {
    kind: { type: String, enum: BILL_KINDS, required: true, immutable: true },
    number: fixed,
    /** Where; absent at the first branch. */
    branchId: { type: id, immutable: true },
    day: fixed,
    at: { type: Date, required: true, immutable: true },
    patientId: { type: id, required: true },
    patient: patientCopy,
    visitId: { type: id, immutable: true },
    doctorId: { type: id, immutable: true },
    doctorName: { type: String, immutable: true },
    lines: { type: [line], required: true },
    currency: fixed,
    grossMinor: money,
    discountMinor: money,
    taxableMinor: money,
    taxMinor: money,
    roundOffMinor: money,
    totalMinor: money,
    /** What totals were rounded to on that day; its credit notes follow it. */
    roundStep: money,
    discountReason: { type: String, enum: DISCOUNT_REASON_IDS, immutable: true },
    approvedById: { type: String, immutable: true },
    approvedByName: { type: String, immutable: true },
    /** Who supplies, as they were registered on that day. */
    supplier: {
      type: new Schema(
        { name: fixed, address: { type: String, default: '' }, taxNumber: String, licences: String },
        { _id: false, strict: 'throw' },
      ),
      required: true,
    },
    /** India: the state that it is supplied in, by its code. */
    placeOfSupply: { type: String, immutable: true },
    /** A registered payer of the whole, to whom the law lets the bill be addressed. */
    recipient: {
      type: new Schema({ name: fixed, taxNumber: fixed }, { _id: false, strict: 'throw' }),
      immutable: true,
    },
    /** Of a credit note: the bill that it takes back from. */
    ofBillId: { type: id, immutable: true },
    ofBillNumber: { type: String, immutable: true },
    reason: { type: String, immutable: true },
    paidMinor: { type: Number, required: true },
    creditedMinor: { type: Number, required: true },
    /** What payers have taken over, and what of it they still owe; the patient owes `dueMinor`. */
    payerMinor: { type: Number, default: 0 },
    payerDueMinor: { type: Number, default: 0 },
    dueMinor: { type: Number, required: true },
    isDue: { type: Boolean, required: true },
    isCredited: { type: Boolean, required: true },
    /** The link that asks for what is due, while it is open: one at a time. */
    linkId: id,
    prints: { type: Number, required: true },
    requestKey: { type: String, immutable: true },
    byUserId: fixed,
    byName: fixed,
  },
  { timestamps: true, strict: 'throw' },
);
// each number once
bill.index({ number: 1 }, { unique: true });
// the same press twice
bill.index({ requestKey: 1 }, ONCE_PER_PRESS);
// a patient's bills, newest first
bill.index({ patientId: 1, at: -1, _id: -1 });
// what a patient owes
bill.index({ patientId: 1, isDue: 1 });
// the bills of a visit
bill.index({ visitId: 1, kind: 1 });
// a day's bills, read backwards, and reports over days
bill.index({ day: 1, at: 1, _id: 1 });
// all, newest first
bill.index({ at: -1, _id: -1 });
// what is due, the newest first, and its age
bill.index({ isDue: 1, at: -1, _id: -1 });
// the credit notes of a bill
bill.index({ ofBillId: 1, at: 1 });
export const billModel = defineTenantModel('Bill', 'bills', bill, { sensitive: ['reason'] });
