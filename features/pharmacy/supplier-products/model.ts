import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

const id = Schema.Types.ObjectId;

/** What a supplier calls our medicine on its papers: asked about once, and known from then on. */
const product = new Schema(
  {
    supplierId: { type: id, required: true, immutable: true },
    /** The name as it is compared, or the code behind a sign that no name has. */
    key: { type: String, required: true, immutable: true },
    written: { type: String, required: true },
    medicineId: { type: id, required: true },
    /** Pieces in the pack that came under it the last time. */
    unitsPerPack: { type: Number, required: true },
    byName: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// one medicine for a name; the names of a supplier, also by their beginning
product.index({ supplierId: 1, key: 1 }, { unique: true });
export const supplierProductModel = defineTenantModel('SupplierProduct', 'supplier_products', product);
