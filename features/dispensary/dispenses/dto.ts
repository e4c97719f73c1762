import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { dispenseModel } from './model';
import type { DispensedLine } from './policy';

type Row = InferSchemaType<ReturnType<typeof dispenseModel>['schema']> & { _id: Types.ObjectId };

export const toDispense = (row: Row) => ({
  id: row._id.toString(),
  prescriptionId: row.prescriptionId.toString(),
  lines: JSON.parse(row.content) as DispensedLine[],
  byName: row.byName,
  at: row.at.toISOString(),
});
export type Dispense = ReturnType<typeof toDispense>;
