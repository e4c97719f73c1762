import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { revisionOf } from '@/lib/revision';
import type { templateModel } from './model';

type Row = InferSchemaType<ReturnType<typeof templateModel>['schema']> & { _id: Types.ObjectId };

/** What the form of a template shows, from which its version is made. */
export const templateFormOf = ({ name, kind, ownerId, groups, rows, normals }: Omit<Row, '_id'>) => ({
  name,
  kind,
  isOwn: ownerId !== '',
  groups: [...groups],
  rows: [...rows],
  normals: JSON.parse(normals) as Record<string, string>,
});

export const toTemplate = (row: Row) => ({
  id: row._id.toString(),
  ...templateFormOf(row),
  version: revisionOf(templateFormOf(row)),
  savedByName: row.savedByName,
});
export type ExaminationTemplate = ReturnType<typeof toTemplate>;
