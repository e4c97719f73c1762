import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { Day } from '@/lib/time';
import type { madeGlassesModel, spectaclesModel } from './model';
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

type MadeRow = InferSchemaType<ReturnType<typeof madeGlassesModel>['schema']> & { _id: Types.ObjectId };
type MadeContent = { spectacles: Extract<Spectacles, { advice: 'glasses' }>; reason: string; day: Day };

export const toMadeGlasses = (row: MadeRow) => ({
  id: row._id.toString(),
  place: row.place,
  outcome: row.outcome ?? ('changed' as const),
  ...(JSON.parse(row.content) as MadeContent),
  at: row.at.toISOString(),
  byName: row.byName,
});
export type MadeGlasses = ReturnType<typeof toMadeGlasses>;
