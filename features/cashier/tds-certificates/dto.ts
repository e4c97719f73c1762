import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { tdsCertificateModel } from './model';

type Row = InferSchemaType<ReturnType<typeof tdsCertificateModel>['schema']> & { _id: Types.ObjectId };

export const toTdsCertificate = (row: Row) => ({
  id: row._id.toString(),
  payerId: row.payerId.toString(),
  payerName: row.payerName,
  quarter: row.quarter,
  number: row.number,
  amountMinor: row.amountMinor,
  receivedDay: row.receivedDay,
  byName: row.byName,
  withdrawn: row.isWithdrawn ? { byName: row.withdrawnByName ?? '', reason: row.reason ?? '' } : null,
});
export type TdsCertificate = ReturnType<typeof toTdsCertificate>;
