import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** What was agreed with an Enterprise customer: price and limits. Whether it is paid is for Stripe to say. */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    state: { type: String, enum: ['sent', 'paid', 'withdrawn'], required: true },
    priceCents: { type: Number, required: true },
    currency: { type: String, required: true },
    interval: { type: String, enum: ['month', 'year'], required: true },
    /** null: unlimited. */
    maxUsers: { type: Number, default: null },
    maxStorageBytes: { type: Number, default: null },
    note: String,
    /** Where the database will live, as it was offered; absent in what was offered before it was said. */
    place: { type: String, enum: ['dedicated', 'shared'] },
    /** What was promised of its answering, in hundredths of a per cent; absent where nothing was. */
    availability: Number,
    /** Who of the company said yes to a shared cluster, after a dedicated one was promised. */
    sharedBy: String,
    /** The Stripe price that carries the agreement in its metadata. */
    priceId: { type: String, required: true },
    tokenHash: { type: String, required: true },
    sentTo: { type: String, required: true },
    sentBy: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    /** It is being taken by somebody, at the longest until then. */
    takingUntil: Date,
    openedAt: Date,
    paidAt: Date,
    withdrawnAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
// the organization's page: newest first
schema.index({ organizationId: 1, createdAt: -1 });
// service-levels.measure: who was promised what
schema.index({ availability: 1, createdAt: 1 }, { sparse: true });
// /quotes/[token]
schema.index({ tokenHash: 1 }, { unique: true });

export const quoteModel = defineMasterModel('Quote', 'quotes', schema);
