import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { shareRuleModel } from './model';

type Row = InferSchemaType<ReturnType<typeof shareRuleModel>['schema']> & { _id: Types.ObjectId };

export const toShareRule = (row: Row) => ({
  id: row._id.toString(),
  doctorId: row.doctorId.toString(),
  doctorName: row.doctorName,
  group: row.group ?? null,
  basis: row.basis,
  rateBp: row.rateBp ?? null,
  fixedMinor: row.fixedMinor ?? null,
  from: row.from,
  to: row.to,
  byName: row.byName,
});
export type DoctorShareRule = ReturnType<typeof toShareRule>;
