import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { revisionOf } from '@/lib/revision';
import type { dispenseModel } from './model';
import type { Counselling, DispensedLine, Sale } from './policy';

type Row = InferSchemaType<ReturnType<typeof dispenseModel>['schema']> & { _id: Types.ObjectId };

const counsellingOf = ({ counselling }: Pick<Row, 'counselling'>): Counselling | null =>
  counselling ? (JSON.parse(counselling) as Counselling) : null;

/** What the form of the counselling shows. */
export const counsellingFormOf = (row: Pick<Row, 'counselling'>) => {
  const told = counsellingOf(row);
  return {
    points: told?.points.join() ?? '',
    note: told?.note ?? '',
    isTaughtBack: told?.isTaughtBack ?? false,
  };
};

export const toDispense = (row: Row) => ({
  id: row._id.toString(),
  prescriptionId: row.prescriptionId?.toString() ?? null,
  patientId: row.patientId?.toString() ?? null,
  sale: row.sale ? (JSON.parse(row.sale) as Sale) : null,
  billId: row.billId?.toString() ?? null,
  day: row.day,
  lines: JSON.parse(row.content) as DispensedLine[],
  counselling: counsellingOf(row),
  /** Of the counselling, for those who write it at the same time. */
  version: revisionOf(counsellingFormOf(row)),
  byName: row.byName,
  at: row.at.toISOString(),
});
export type Dispense = ReturnType<typeof toDispense>;
