import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { settlementModel } from './model';

export type SettlementRow = InferSchemaType<ReturnType<typeof settlementModel>['schema']> & {
  _id: Types.ObjectId;
};

export const toSettlement = (row: SettlementRow) => ({
  id: row._id.toString(),
  number: row.number,
  payerId: row.payerId.toString(),
  payerName: row.payerName,
  day: row.day,
  at: row.at.toISOString(),
  receivedDay: row.receivedDay,
  reference: row.reference ?? null,
  amountMinor: row.amountMinor,
  tdsMinor: row.tdsMinor,
  cutMinor: row.cutMinor,
  parts: row.parts.map((part) => ({
    claimId: part.claimId.toString(),
    claimNumber: part.claimNumber,
    billNumber: part.billNumber,
    patientName: part.patientName,
    receivedMinor: part.receivedMinor,
    tdsMinor: part.tdsMinor,
    cutMinor: part.cutMinor,
    bearer: part.bearer,
    reason: part.reason ?? null,
  })),
  currency: row.currency,
  ofNumber: row.ofNumber ?? null,
  isReversed: row.isReversed,
  reason: row.reason ?? null,
  byName: row.byName,
});
export type Settlement = ReturnType<typeof toSettlement>;
