import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { revisionOf } from '@/lib/revision';
import type { addresseeModel } from './model';

type Row = InferSchemaType<ReturnType<typeof addresseeModel>['schema']> & { _id: Types.ObjectId };

/** What its form shows. */
export const addresseeFormOf = (row: Row) => ({
  name: row.name,
  speciality: row.speciality ?? '',
  place: row.place ?? '',
  phone: row.phone ?? '',
  email: row.email ?? '',
});

export const toAddressee = (row: Row) => {
  const form = addresseeFormOf(row);
  return { id: row._id.toString(), ...form, version: revisionOf(form) };
};
export type Addressee = ReturnType<typeof toAddressee>;
