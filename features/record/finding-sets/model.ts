import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

/** Findings that are often written together, of one eye from front to back. No patient's. */
const findingSetSchema = new Schema(
  {
    name: { type: String, required: true },
    /** The person whose own it is; empty for everybody's. */
    ownerId: { type: String, default: '' },
    /** The name as it is compared, behind its owner: no owner has a name twice. */
    nameKey: { type: String, required: true },
    /** What stands in which row, as JSON. */
    found: { type: String, required: true },
    savedByName: { type: String, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// no name twice
findingSetSchema.index({ nameKey: 1 }, { unique: true });
// one's own and everybody's by name
findingSetSchema.index({ ownerId: 1, nameKey: 1 });

export const findingSetModel = defineTenantModel('FindingSet', 'finding_sets', findingSetSchema);
