import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { returnModel } from './model';
import type { ReturnedLine } from './policy';

type Row = InferSchemaType<ReturnType<typeof returnModel>['schema']> & { _id: Types.ObjectId };
export type ReturnContent = { lines: ReturnedLine[]; note?: string | undefined };

export function toReturn(row: Row) {
  const { lines, note } = JSON.parse(row.content) as ReturnContent;
  return {
    id: row._id.toString(),
    dispenseId: row.dispenseId.toString(),
    day: row.day,
    reason: row.reason,
    lines,
    note: note ?? null,
    byName: row.byName,
    at: row.at.toISOString(),
  };
}
export type MedicineReturn = ReturnType<typeof toReturn>;
