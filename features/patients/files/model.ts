import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { DOCUMENT_EYE_IDS, DOCUMENT_KIND_IDS, FILE_TYPE_IDS } from './policy';
import { SUBJECT_KINDS } from './schema';

/**
 * A file whose content is stored, sealed, under `<organization>/<_id>`. What is still on its way has a hold
 * in master.
 */
const schema = new Schema(
  {
    /** Sealed: names of files tell about people. */
    name: { type: String, required: true },
    contentType: { type: String, enum: FILE_TYPE_IDS, required: true },
    /** Of the content as it was given. */
    sizeBytes: { type: Number, required: true },
    sha256: { type: String, required: true },
    subject: {
      type: new Schema(
        { kind: { type: String, enum: SUBJECT_KINDS, required: true }, id: { type: String, required: true } },
        { _id: false, strict: 'throw' },
      ),
      required: true,
    },
    /** Absent in documents of before. */
    kind: { type: String, enum: DOCUMENT_KIND_IDS },
    eye: { type: String, enum: DOCUMENT_EYE_IDS },
    takenOn: String,
    visitId: String,
    /** What it is the result of. */
    orderedAs: String,
    uploadedById: { type: String, required: true },
    uploadedByName: { type: String, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// the documents of a patient, newest first
schema.index({ 'subject.kind': 1, 'subject.id': 1, createdAt: -1, _id: -1 });

export const fileModel = defineTenantModel('File', 'files', schema, { sensitive: ['orderedAs'] });

/**
 * Bytes that the counter holds for a file that is on its way in or out; `_id` is the file's. The files
 * themselves are in the organization's database, so no transaction spans both: a row here says what to look
 * up after a crash.
 */
const storageHoldSchema = new Schema(
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
storageHoldSchema.index({ organizationId: 1, expiresAt: 1 });

export const storageHoldModel = defineMasterModel('StorageHold', 'storage_holds', storageHoldSchema);
