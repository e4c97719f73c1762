import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

/** How much of a medicine a store shall have: below the one it is filled up to the other. */
const stockLevel = new Schema(
  {
    medicineId: { type: Schema.Types.ObjectId, required: true },
    storeId: { type: Schema.Types.ObjectId, required: true },
    min: { type: Number, required: true },
    max: { type: Number, required: true },
    version: { type: Number, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// each store of a medicine once
stockLevel.index({ medicineId: 1, storeId: 1 }, { unique: true });
// what a store shall have
stockLevel.index({ storeId: 1, medicineId: 1 });
export const stockLevelModel = defineTenantModel('StockLevel', 'stock_levels', stockLevel);
