import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { stocktakeModel } from './model';

type Row = InferSchemaType<ReturnType<typeof stocktakeModel>['schema']> & { _id: Types.ObjectId };

export const toStocktake = (row: Row) => ({
  id: row._id.toString(),
  number: row.number,
  storeId: row.storeId.toString(),
  storeName: row.storeName,
  form: row.form ?? null,
  state: row.state,
  submittedById: row.submittedById ?? null,
  submittedByName: row.submittedByName ?? null,
  decidedByName: row.decidedByName ?? null,
  decidedAt: row.decidedAt?.toISOString() ?? null,
  note: row.note ?? null,
  version: row.version,
  byName: row.byName,
  at: row.at.toISOString(),
});
export type Stocktake = ReturnType<typeof toStocktake>;
