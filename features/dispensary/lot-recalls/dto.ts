import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { lotRecallModel } from './model';

type Row = InferSchemaType<ReturnType<typeof lotRecallModel>['schema']> & { _id: Types.ObjectId };

export const toLotRecall = (row: Row) => ({
  id: row._id.toString(),
  medicineId: row.medicineId.toString(),
  batchId: row.batchId.toString(),
  medicineName: row.medicineName,
  unit: row.unit,
  lotNumber: row.lotNumber,
  source: row.source,
  reason: row.reason,
  isOpen: row.isOpen,
  byName: row.byName,
  at: row.at.toISOString(),
  closedByName: row.closedByName ?? null,
});
export type LotRecall = ReturnType<typeof toLotRecall>;
