import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/**
 * Bytes that the counter holds for a file that is on its way in or out; `_id` is the file's. The files
 * themselves are in the organization's database, so no transaction spans both: a row here says what to look
 * up after a crash.
 */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    sizeBytes: { type: Number, required: true },
    /** Whose turn it is. Who finds another token than its own has been overtaken. */
    token: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
// upload and nightly recount: what an organization holds, and what of it is over
schema.index({ organizationId: 1, expiresAt: 1 });

export const storageHoldModel = defineMasterModel('StorageHold', 'storage_holds', schema);
