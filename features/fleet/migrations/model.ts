import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';

const MIGRATION_STATES = ['running', 'done', 'failed'] as const;
export type MigrationState = (typeof MIGRATION_STATES)[number];

/** The fleet ledger: one row per organization with its last migration. `_id` is the organization's id. */
const schema = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    from: { type: Number, required: true },
    target: { type: Number, required: true },
    state: { type: String, enum: MIGRATION_STATES, required: true },
    /** How often it was started towards this target. */
    attempts: { type: Number, default: 0 },
    /** Records changed so far, over all attempts. */
    changed: { type: Number, default: 0 },
    startedAt: Date,
    finishedAt: Date,
    lastError: String,
    /** Who is at work, and until when nobody else may be. */
    token: String,
    leaseUntil: Date,
  },
  { timestamps: true, strict: 'throw' },
);

export const organizationMigrationModel = defineMasterModel(
  'OrganizationMigration',
  'organization_migrations',
  schema,
);
