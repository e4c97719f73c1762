import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { FILE_TYPE_IDS } from './policy';
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
    uploadedById: { type: String, required: true },
    uploadedByName: { type: String, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// the documents of a patient, newest first
schema.index({ 'subject.kind': 1, 'subject.id': 1, createdAt: -1, _id: -1 });

export const fileModel = defineTenantModel('File', 'files', schema);
