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
    /** Where the content lies in parts: the size of each but the last. Else it is one piece. */
    partBytes: Number,
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
    /** What was found in it when it came; numbers and places alone. Absent in documents of before. */
    look: {
      type: new Schema(
        {
          hasSmall: { type: Boolean, required: true },
          frames: { type: Number, required: true },
          unshown: String,
          measures: Number,
          seconds: Number,
          scale: {
            type: new Schema({ widthMm: Number, heightMm: Number }, { _id: false, strict: 'throw' }),
          },
          layout: Schema.Types.Mixed,
          pieces: { type: [[Number]], default: undefined },
          paper: {
            type: new Schema({ at: Number, bytes: Number }, { _id: false, strict: 'throw' }),
          },
        },
        { _id: false, strict: 'throw' },
      ),
    },
    uploadedById: { type: String, required: true },
    uploadedByName: { type: String, required: true },
    /** Of a paper that comes before its sale; absent once it was looked up that it was sold. */
    unsoldSince: Date,
  },
  { timestamps: true, strict: 'throw' },
);
// the documents of a patient, newest first
schema.index({ 'subject.kind': 1, 'subject.id': 1, createdAt: -1, _id: -1 });
// papers that nothing was sold with, as far as anybody has looked
schema.index({ unsoldSince: 1 }, { sparse: true });

export const fileModel = defineTenantModel('File', 'files', schema, {
  sensitive: ['orderedAs'],
  patient: { path: 'subject.id', where: { 'subject.kind': 'patient' } },
});

/** A file that is on its way in parts; `_id` will be the file's. What was left is over by itself. */
const uploadSchema = new Schema(
  {
    fileName: { type: String, required: true },
    claimedType: { type: String, default: '' },
    sizeBytes: { type: Number, required: true },
    patientId: { type: String, required: true },
    kind: String,
    eye: String,
    takenOn: String,
    visitId: String,
    /** Of the hold in master. */
    token: { type: String, required: true },
    /** A digest: by which the same file of the same person is known again. */
    mark: { type: String, required: true },
    parts: { type: [Number], required: true },
    uploadedById: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
// a file that is chosen once more goes on where it stopped
uploadSchema.index({ uploadedById: 1, mark: 1 });
// what was left
uploadSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const uploadModel = defineTenantModel('Upload', 'file_uploads', uploadSchema, {
  sensitive: ['fileName'],
});

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
