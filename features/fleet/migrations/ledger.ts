import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

const schema = new Schema(
  {
    /** The migration's name. */
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    startedAt: { type: Date, required: true },
    appliedAt: Date,
    durationMs: Number,
    changed: { type: Number, default: 0 },
    /** How far a run has come: the collection at work, and the last record of it that is done. */
    position: {
      type: new Schema(
        // An ObjectId, or the text that records such as days are named by.
        { pass: { type: String, required: true }, after: Schema.Types.Mixed },
        { _id: false, strict: 'throw' },
      ),
    },
  },
  { strict: 'throw' },
);

/** The ledger of the organization's own database: which migrations it has had, and where one stopped. */
export const migrationModel = defineTenantModel('Migration', '_migrations', schema);
