import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { mergeModel } from './model';

type Row = Omit<InferSchemaType<ReturnType<typeof mergeModel>['schema']>, 'changes'> & {
  _id: Types.ObjectId;
};

/** A merge that stands. */
export const toMerge = (row: Row) => ({
  kept: { id: row.keptId.toString(), name: row.kept.name, number: row.kept.number },
  merged: { id: row.mergedId.toString(), name: row.merged.name, number: row.merged.number },
  at: row.at.toISOString(),
  byName: row.byName,
  moved: row.moved.map(({ from, ids }) => ({ from, count: ids.length })),
});
export type PatientMerge = ReturnType<typeof toMerge>;
