import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { revisionOf } from '@/lib/revision';
import type { prescriptionModel, prescriptionSetModel, prescriptionVersionModel } from './model';
import { type Dispensed, NO_CONTENT, type PrescriptionContent } from './policy';

type RowOf<M extends (...args: never[]) => { schema: unknown }> = InferSchemaType<ReturnType<M>['schema']> & {
  _id: Types.ObjectId;
};
export type PrescriptionRow = RowOf<typeof prescriptionModel>;
type Text = string | null | undefined;

export const readContent = (text: Text): PrescriptionContent => (text ? JSON.parse(text) : NO_CONTENT);
export const readDispensed = (text: Text): Dispensed => (text ? JSON.parse(text) : {});

export const toPrescription = (row: PrescriptionRow) => ({
  id: row._id.toString(),
  visitId: row.visitId.toString(),
  patientId: row.patientId.toString(),
  patientName: row.patient.name,
  patientNumber: row.patient.number,
  sex: row.patient.sex,
  dateOfBirth: row.patient.dateOfBirth,
  day: row.day,
  token: row.token,
  status: row.status,
  ...readContent(row.content),
  version: row.version,
  savedAt: row.savedAt.toISOString(),
  savedByName: row.savedByName,
  signed:
    row.signedByName && row.signedAt
      ? {
          name: row.signedByName,
          at: row.signedAt.toISOString(),
          registrationNumber: row.registrationNumber ?? '',
        }
      : null,
  voided:
    row.voidedByName && row.voidedAt
      ? { name: row.voidedByName, at: row.voidedAt.toISOString(), reason: row.voidReason ?? '' }
      : null,
  dispenseStatus: row.dispenseStatus,
  dispensed: readDispensed(row.dispensed),
});
export type Prescription = ReturnType<typeof toPrescription>;

export const toPrescriptionVersion = (row: RowOf<typeof prescriptionVersionModel>) => ({
  id: row._id.toString(),
  version: row.version,
  lines: readContent(row.content).lines,
  byName: row.byName,
  replacedByName: row.replacedByName,
  replacedAt: row.replacedAt.toISOString(),
  reason: row.reason,
});
export type PrescriptionVersion = ReturnType<typeof toPrescriptionVersion>;

/** What its form shows, as it is stored. */
export const setFormOf = ({ name, lines, ownerId }: { name: string; lines: string; ownerId: string }) => ({
  name,
  lines,
  isOwn: ownerId !== '',
});

export const toPrescriptionSet = (row: RowOf<typeof prescriptionSetModel>) => ({
  id: row._id.toString(),
  ...setFormOf(row),
  version: revisionOf(setFormOf(row)),
  savedByName: row.savedByName,
});
export type PrescriptionSet = ReturnType<typeof toPrescriptionSet>;
