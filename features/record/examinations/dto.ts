import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { type EyeRecord, NO_EYE_RECORD, type Resolution } from './eye-record';
import { broughtToFormat } from './former-records';
import type { examinationModel, examinationVersionModel } from './model';
import { type Assessment, type Before, type Measurements, NO_ASSESSMENT, NO_MEASUREMENTS } from './policy';

export type ExaminationRow = InferSchemaType<ReturnType<typeof examinationModel>['schema']> & {
  _id: Types.ObjectId;
};
type VersionRow = InferSchemaType<ReturnType<typeof examinationVersionModel>['schema']> & {
  _id: Types.ObjectId;
};
type Text = string | null | undefined;

export const readMeasurements = (text: Text): Measurements =>
  text ? broughtToFormat(JSON.parse(text)) : NO_MEASUREMENTS;
export const readAssessment = (text: Text): Assessment => (text ? JSON.parse(text) : NO_ASSESSMENT);
export const readBefore = (text: Text): Before => (text ? JSON.parse(text) : {});

export const readResolutions = (text: Text): Resolution[] => (text ? JSON.parse(text) : []);
export const readEyeRecord = (text: Text): EyeRecord => (text ? JSON.parse(text) : NO_EYE_RECORD);

type Signature = { name: string; at: string } | null;
const signature = (name: Text, at: Date | null | undefined): Signature =>
  name && at ? { name, at: at.toISOString() } : null;

/** The examination of a visit, as its page shows it. */
export const toExamination = (row: ExaminationRow) => ({
  visitId: row._id.toString(),
  patientId: row.patientId.toString(),
  day: row.day,
  measurements: readMeasurements(row.measurements),
  measurementsVersion: row.measurementsVersion,
  measured: signature(row.measuredByName, row.measuredAt),
  assessment: readAssessment(row.assessment),
  assessmentVersion: row.assessmentVersion,
  assessed: signature(row.assessedByName, row.assessedAt),
  before: readBefore(row.before),
  signed: signature(row.signedByName, row.signedAt),
  amended: signature(row.amendedByName, row.amendedAt),
});
export type Examination = ReturnType<typeof toExamination>;

export const toExaminationVersion = (row: VersionRow) => ({
  id: row._id.toString(),
  section: row.section,
  measurements: row.section === 'measurements' ? readMeasurements(row.content) : null,
  assessment: row.section === 'assessment' ? readAssessment(row.content) : null,
  byName: row.byName,
  replacedByName: row.replacedByName,
  replacedAt: row.replacedAt.toISOString(),
  reason: row.reason,
});
export type ExaminationVersion = ReturnType<typeof toExaminationVersion>;
