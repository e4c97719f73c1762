import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { contactLensesModel } from './model';
import type { ContactLenses } from './policy';

type Row = InferSchemaType<ReturnType<typeof contactLensesModel>['schema']> & { _id: Types.ObjectId };

export const toContactLensPrescription = (row: Row) => ({
  id: row._id.toString(),
  visitId: row.visitId.toString(),
  patientId: row.patientId.toString(),
  patientName: row.patientName,
  patientNumber: row.patientNumber,
  day: row.day,
  lenses: JSON.parse(row.content) as ContactLenses,
  signed: {
    name: row.signedByName,
    at: row.signedAt.toISOString(),
    registrationNumber: row.registrationNumber ?? '',
  },
  voided:
    row.isVoid && row.voidedAt
      ? { name: row.voidedByName ?? '', at: row.voidedAt.toISOString(), reason: row.voidReason ?? '' }
      : null,
});
export type ContactLensPrescription = ReturnType<typeof toContactLensPrescription>;
