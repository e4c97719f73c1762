import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { SECTIONS } from './policy';

const id = Schema.Types.ObjectId;

/**
 * The examination of a visit, under the visit's id. What it says of the patient is sealed; reports count it
 * by day.
 */
const examinationSchema = new Schema(
  {
    patientId: { type: id, required: true },
    /** Of the visit. */
    day: { type: String, required: true },
    startedAt: { type: Date, required: true },
    /** Measurements as JSON. */
    measurements: String,
    measurementsVersion: { type: Number, required: true, default: 0 },
    measuredAt: Date,
    measuredByName: String,
    /** Assessment as JSON. */
    assessment: String,
    assessmentVersion: { type: Number, required: true, default: 0 },
    assessedAt: Date,
    assessedByName: String,
    /** Before as JSON: kept here so that the reports of a day read that day alone. See links.ts. */
    before: String,
    signedAt: Date,
    signedByName: String,
    amendedAt: Date,
    amendedByName: String,
  },
  { timestamps: true, strict: 'throw' },
);
// a day's examinations, for the reports
examinationSchema.index({ day: 1 });
// a patient's examinations, newest first
examinationSchema.index({ patientId: 1, startedAt: -1, _id: -1 });

export const examinationModel = defineTenantModel('Examination', 'examinations', examinationSchema, {
  sensitive: ['measurements', 'assessment', 'before'],
});

/** What a signed examination said before it was changed. Written once, never changed. */
const versionSchema = new Schema(
  {
    visitId: { type: id, required: true, immutable: true },
    section: { type: String, enum: SECTIONS, required: true, immutable: true },
    content: { type: String, immutable: true },
    byName: { type: String, required: true, immutable: true },
    replacedByName: { type: String, required: true, immutable: true },
    replacedAt: { type: Date, required: true, immutable: true },
    reason: { type: String, required: true, immutable: true },
  },
  { strict: 'throw' },
);
// what a visit's examination said before, newest first
versionSchema.index({ visitId: 1, replacedAt: -1 });

export const examinationVersionModel = defineTenantModel(
  'ExaminationVersion',
  'examination_versions',
  versionSchema,
  { sensitive: ['content', 'reason'] },
);

/**
 * What all examinations of a patient come to, under the patient's id: written with each of them, so that a
 * history of ten years opens as fast as one of a day.
 */
const eyeRecordSchema = new Schema(
  {
    _id: { type: id, required: true },
    /** EyeRecord as JSON. */
    content: { type: String, required: true },
    /** Resolutions as JSON. */
    resolutions: String,
  },
  { strict: 'throw' },
);

export const eyeRecordModel = defineTenantModel('EyeRecord', 'eye_records', eyeRecordSchema, {
  sensitive: ['content', 'resolutions'],
});
