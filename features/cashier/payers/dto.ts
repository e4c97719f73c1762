import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { revisionOf } from '@/lib/revision';
import type { payerModel } from './model';

type Row = InferSchemaType<ReturnType<typeof payerModel>['schema']> & { _id: Types.ObjectId };

/** What its form shows, as it is stored. */
export const payerFormOf = (row: Row) => ({
  kind: row.kind,
  name: row.name,
  code: row.code ?? '',
  taxNumber: row.taxNumber ?? '',
  state: row.state ?? '',
  address: row.address ?? '',
  contactName: row.contactName ?? '',
  phone: row.phone ?? '',
  email: row.email ?? '',
  creditDays: row.creditDays ?? null,
  tdsBp: row.tdsBp ?? null,
  isOwnFund: row.isOwnFund,
});

export const toPayer = (row: Row) => {
  const form = payerFormOf(row);
  return { id: row._id.toString(), ...form, version: revisionOf(form), isActive: row.isActive };
};
export type Payer = ReturnType<typeof toPayer>;
