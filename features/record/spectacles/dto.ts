import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { spectaclesModel } from './model';
import type { Spectacles } from './policy';

type Row = InferSchemaType<ReturnType<typeof spectaclesModel>['schema']> & { _id: Types.ObjectId };

export const toSpectaclesPrescription = (row: Row) => ({
  id: row._id.toString(),
  visitId: row.visitId.toString(),
  patientId: row.patientId.toString(),
  patientName: row.patientName,
  patientNumber: row.patientNumber,
  day: row.day,
  spectacles: JSON.parse(row.content) as Spectacles,
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
export type SpectaclesPrescription = ReturnType<typeof toSpectaclesPrescription>;
