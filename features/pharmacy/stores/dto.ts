import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { branchIdOf, FIRST_BRANCH_ID } from '@/lib/branches';
import type { storeModel } from './model';
import { FIRST_STORE_ID, FIRST_STORE_NAME } from './policy';

type Row = InferSchemaType<ReturnType<typeof storeModel>['schema']> & { _id: Types.ObjectId };

export const toStore = (row: Row) => ({
  id: row._id.toString(),
  name: row.name,
  branchId: branchIdOf(row),
  /** There from the beginning; what stands nowhere else stands in it. */
  isFirst: row._id.toString() === FIRST_STORE_ID,
  isCounter: row.isCounter,
  isActive: row.isActive,
  version: row.version,
});
export type Store = ReturnType<typeof toStore>;

/** As it is until somebody changes it. */
export const firstStore = (isCounter: boolean): Store => ({
  ...{ id: FIRST_STORE_ID, name: FIRST_STORE_NAME, branchId: FIRST_BRANCH_ID, isFirst: true },
  ...{ isCounter, isActive: true, version: 0 },
});
