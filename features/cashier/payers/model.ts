import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { PAYER_KIND_IDS } from './policy';

/**
 * Insurers, TPAs, schemes, employers, charities and sponsors of camps. Ended, never deleted: claims name
 * them.
 */
const payer = new Schema(
  {
    kind: { type: String, enum: PAYER_KIND_IDS, required: true },
    name: { type: String, required: true },
    /** The name as it is sorted and compared. */
    nameKey: { type: String, required: true },
    /** The hospital's number with the payer, or the payer's own code. */
    code: String,
    taxNumber: String,
    /** Of India, by its code: where what it buys is supplied. */
    state: String,
    address: String,
    contactName: String,
    phone: String,
    email: String,
    /** A claim is overdue after so many days. */
    creditDays: Number,
    /** Tax that it withholds from what it pays, in basis points. */
    tdsBp: Number,
    /** The hospital's own charity: its share is waved off when the bill is issued. */
    isOwnFund: { type: Boolean, required: true },
    isActive: { type: Boolean, required: true },
    savedByName: { type: String, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// one of a name
payer.index({ nameKey: 1 }, { unique: true });
// those that still pay, by name
payer.index({ isActive: 1, nameKey: 1 });
export const payerModel = defineTenantModel('Payer', 'payers', payer, {
  sensitive: ['contactName', 'phone', 'email'],
});
