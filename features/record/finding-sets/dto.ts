import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { revisionOf } from '@/lib/revision';
import type { findingSetModel } from './model';
import type { Found } from './policy';

type Row = InferSchemaType<ReturnType<typeof findingSetModel>['schema']> & { _id: Types.ObjectId };

/** What its form shows, from which its version is made. */
export const findingSetFormOf = ({ name, ownerId, found }: Omit<Row, '_id'>) => ({
  name,
  isOwn: ownerId !== '',
  found: JSON.parse(found) as Found,
});

export const toFindingSet = (row: Row) => ({
  id: row._id.toString(),
  ...findingSetFormOf(row),
  version: revisionOf(findingSetFormOf(row)),
  savedByName: row.savedByName,
});
export type FindingSet = ReturnType<typeof toFindingSet>;
