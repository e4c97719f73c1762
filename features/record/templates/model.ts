import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { VISIT_KIND_IDS } from './policy';

/** What the sheet of an examination shows at a kind of visit. No patient's. */
const templateSchema = new Schema(
  {
    name: { type: String, required: true },
    /** The name as it is compared. */
    nameKey: { type: String, required: true },
    kind: { type: String, enum: VISIT_KIND_IDS, required: true },
    /** The person whose own it is; empty for everybody's. */
    ownerId: { type: String, default: '' },
    groups: { type: [String], required: true },
    rows: { type: [String], required: true },
    /** What is normal by row, as JSON. */
    normals: { type: String, required: true },
    savedByName: { type: String, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// everybody's and one's own by name; of one owner no name twice
templateSchema.index({ ownerId: 1, nameKey: 1 }, { unique: true });

export const templateModel = defineTenantModel(
  'ExaminationTemplate',
  'examination_templates',
  templateSchema,
);
