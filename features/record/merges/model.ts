import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

const id = Schema.Types.ObjectId;

const patient = {
  type: new Schema(
    { name: { type: String, required: true }, number: { type: String, required: true } },
    { _id: false, strict: 'throw' },
  ),
  required: true,
};

/** That two records of one person became one: what moved, and what was there before it. */
const mergeSchema = new Schema(
  {
    keptId: { type: id, required: true, immutable: true },
    mergedId: { type: id, required: true, immutable: true },
    /** Both as they were called. */
    kept: patient,
    merged: patient,
    at: { type: Date, required: true, immutable: true },
    byName: { type: String, required: true, immutable: true },
    /** Ids of what was moved to the kept record, by collection. */
    moved: {
      type: [
        new Schema(
          { from: { type: String, required: true }, ids: { type: [Schema.Types.Mixed], required: true } },
          { _id: false, strict: 'throw' },
        ),
      ],
      required: true,
    },
    /** Changes as JSON. */
    changes: { type: String, required: true },
    undoneAt: Date,
    undoneByName: String,
  },
  { strict: 'throw' },
);
// the merge by which a record is used no more
mergeSchema.index({ mergedId: 1, at: -1 });

export const mergeModel = defineTenantModel('Merge', 'merges', mergeSchema, { sensitive: ['changes'] });
