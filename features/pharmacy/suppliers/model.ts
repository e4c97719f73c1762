import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

/** Who the pharmacy buys from. */
const supplier = new Schema(
  {
    name: { type: String, required: true },
    /** The name as it is compared: nobody is in the list twice. */
    identity: { type: String, required: true },
    taxNumber: String,
    licence: String,
    phone: String,
    /** Where orders are mailed to. */
    email: String,
    /** An invoice is due so many days after its date. */
    creditDays: { type: Number, required: true },
    isActive: { type: Boolean, required: true },
    version: { type: Number, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// nobody is in the list twice
supplier.index({ identity: 1 }, { unique: true });
// the list by name
supplier.index({ isActive: -1, identity: 1 });
export const supplierModel = defineTenantModel('Supplier', 'suppliers', supplier);

/**
 * One row per tax number: of two suppliers that get the same at one moment, one does. Rows are removed, not
 * changed: some servers keep a unique key that a document has given up by an update.
 */
const supplierNumber = new Schema(
  { _id: { type: String, required: true }, supplierId: { type: Schema.Types.ObjectId, required: true } },
  { strict: 'throw' },
);
export const supplierNumberModel = defineTenantModel('SupplierNumber', 'supplier_numbers', supplierNumber);
