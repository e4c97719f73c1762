import 'server-only';
import { Schema } from 'mongoose';
import { ONCE_PER_PRESS } from '@/lib/mongo';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { fixed, money } from '../bills/model';

/** A payer's word that it has paid to the state what it withheld in a quarter. */
const tdsCertificate = new Schema(
  {
    payerId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    payerName: fixed,
    quarter: fixed,
    number: fixed,
    /** By which the same certificate is known again, and how many of it had been withdrawn before. */
    numberKey: fixed,
    turn: money,
    amountMinor: money,
    currency: fixed,
    receivedDay: fixed,
    at: { type: Date, required: true, immutable: true },
    byName: fixed,
    isWithdrawn: { type: Boolean, required: true },
    withdrawnByName: String,
    reason: String,
    requestKey: { type: String, immutable: true },
  },
  { timestamps: true, strict: 'throw' },
);
// the same press twice
tdsCertificate.index({ requestKey: 1 }, ONCE_PER_PRESS);
// each certificate of a payer once
tdsCertificate.index({ numberKey: 1, turn: 1 }, { unique: true });
// those of the last quarters
tdsCertificate.index({ quarter: -1, at: -1, _id: -1 });
export const tdsCertificateModel = defineTenantModel('TdsCertificate', 'tds_certificates', tdsCertificate, {
  sensitive: ['reason'],
});
