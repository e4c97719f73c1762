import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

/** Where stock stands: the main store, a counter, the theatre. */
const store = new Schema(
  {
    name: { type: String, required: true },
    /** The name as it is compared: no two are called the same. */
    identity: { type: String, required: true },
    /** Where it is; absent at the first branch. */
    branchId: Schema.Types.ObjectId,
    /** The counter of its branch takes from it, unless somebody has chosen another for themselves. */
    isCounter: { type: Boolean, required: true },
    isActive: { type: Boolean, required: true },
    version: { type: Number, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// no two are called the same; the list by name
store.index({ identity: 1 }, { unique: true });
// the one that the counter of a branch takes from
store.index({ branchId: 1, isCounter: 1 }, { unique: true, partialFilterExpression: { isCounter: true } });
export const storeModel = defineTenantModel('Store', 'stores', store);

/** From which store somebody gives out, by their id. */
const counterChoice = new Schema(
  {
    _id: { type: String, required: true },
    storeId: { type: Schema.Types.ObjectId, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
export const counterChoiceModel = defineTenantModel('CounterChoice', 'counter_choices', counterChoice);
