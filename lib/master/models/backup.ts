import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/**
 * A sealed copy of one organization's database. Only figures are here; the content is unreadable without its
 * key.
 */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    /** Below BACKUP_DIR. */
    folder: { type: String, required: true },
    takenAt: { type: Date, required: true },
    documents: { type: Number, required: true },
    sizeBytes: { type: Number, required: true },
    collections: { type: Number, required: true },
    schemaVersion: { type: Number, required: true },
    /** SHA-256 of the manifest, which holds those of the collections. */
    sha256: { type: String, required: true },
    /** The last time it was restored on trial, and what was wrong; null is green. */
    testedAt: Date,
    testError: { type: String, default: null },
    /** The trial was a restore; false where the backup was only read to its end. */
    isRestored: Boolean,
    /** The vendor's own copy of the whole cluster, of the same moment or minutes later. */
    snapshot: {
      type: new Schema(
        { id: { type: String, required: true }, expiresAt: Date },
        { _id: false, strict: 'throw' },
      ),
    },
  },
  { timestamps: true, strict: 'throw' },
);
// an organization's backups, newest first; what retention removes
schema.index({ organizationId: 1, takenAt: -1 });
// which backup has waited longest for its trial
schema.index({ takenAt: 1 });
schema.index({ testedAt: -1 });

export const backupModel = defineMasterModel('Backup', 'backups', schema);
