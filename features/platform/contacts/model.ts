import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';

/** Somebody at a customer whom the company talks to; most have no account. */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    name: { type: String, required: true },
    /** What they are there: head of purchasing. */
    position: String,
    email: String,
    phone: String,
    version: { type: Number, default: 0 },
  },
  { timestamps: true, strict: 'throw' },
);
// a customer's, by name
schema.index({ organizationId: 1, name: 1, _id: 1 });

export const contactModel = defineMasterModel('CustomerContact', 'customer_contacts', schema);
