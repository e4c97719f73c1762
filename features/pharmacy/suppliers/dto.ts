import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { supplierModel } from './model';

type Row = InferSchemaType<ReturnType<typeof supplierModel>['schema']> & { _id: Types.ObjectId };

export const toSupplier = (row: Row) => ({
  id: row._id.toString(),
  name: row.name,
  taxNumber: row.taxNumber ?? null,
  licence: row.licence ?? null,
  phone: row.phone ?? null,
  email: row.email ?? null,
  creditDays: row.creditDays,
  isActive: row.isActive,
  version: row.version,
});
export type Supplier = ReturnType<typeof toSupplier>;
