import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** A database that waits for its organization; named after a number of its own until then. */
const schema = new Schema(
  {
    cellId: { type: String, required: true },
    databaseName: { type: String, required: true },
    isolation: { type: String, enum: ['dedicated-user', 'shared-user'], required: true },
    username: { type: String, required: true },
    /** Sealed for the number, and sealed again for the organization that takes it. */
    connectionString: { type: String, required: true },
    schemaVersion: { type: Number, default: 0 },
    state: { type: String, enum: ['making', 'ready', 'taken'], required: true },
    /** Who has taken it; the row goes when its marker names that organization. */
    organizationId: Schema.Types.ObjectId,
  },
  { timestamps: true, strict: 'throw' },
);
// the oldest that is ready; how many there are
schema.index({ state: 1, schemaVersion: 1, createdAt: 1 });
// whose marker is to be handed over
schema.index({ organizationId: 1 }, { sparse: true });

export const preparedDatabaseModel = defineMasterModel('PreparedDatabase', 'prepared_databases', schema);
