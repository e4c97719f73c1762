import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';
import { TAX_ID_TYPES } from './policy';

const address = new Schema(
  {
    line1: { type: String, required: true },
    line2: String,
    city: String,
    state: String,
    postalCode: String,
    country: { type: String, required: true },
  },
  { _id: false, strict: 'throw' },
);

/** Whom our invoices to an organization are for. Stripe has the same and writes it on each. */
const schema = new Schema(
  {
    /** The organization. */
    _id: { type: Schema.Types.ObjectId, required: true },
    legalName: { type: String, required: true },
    address: { type: address, required: true },
    taxId: {
      type: new Schema(
        {
          type: { type: String, enum: TAX_ID_TYPES, required: true },
          value: { type: String, required: true },
        },
        { _id: false, strict: 'throw' },
      ),
    },
    /** Who else is written to about invoices and payments; the first is Stripe's address. */
    emails: { type: [String], default: [] },
    /** The customer's own number, on every invoice until it is changed. */
    purchaseOrder: String,
  },
  { timestamps: true, strict: 'throw' },
);

export const invoiceDetailsModel = defineMasterModel('InvoiceDetails', 'invoice_details', schema);
