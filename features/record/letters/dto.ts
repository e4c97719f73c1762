import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { letterModel } from './model';
import type { Letter } from './policy';

type Row = InferSchemaType<ReturnType<typeof letterModel>['schema']> & { _id: Types.ObjectId };

export const toSignedLetter = (row: Row) => ({
  id: row._id.toString(),
  number: row.number,
  version: row.version,
  visitId: row.visitId.toString(),
  patientId: row.patientId.toString(),
  patientName: row.patientName,
  patientNumber: row.patientNumber,
  patientAge: row.patientAge,
  day: row.day,
  letter: JSON.parse(row.content) as Letter,
  signed: {
    name: row.signedByName,
    at: row.signedAt.toISOString(),
    day: row.signedDay,
    registrationNumber: row.registrationNumber,
  },
  voided:
    row.isVoid && row.voidedAt
      ? { name: row.voidedByName ?? '', at: row.voidedAt.toISOString(), reason: row.voidReason ?? '' }
      : null,
});
export type SignedLetter = ReturnType<typeof toSignedLetter>;
