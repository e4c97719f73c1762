import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { onlineRefundModel } from './model';

export type OnlineRefundRow = InferSchemaType<ReturnType<typeof onlineRefundModel>['schema']> & {
  _id: Types.ObjectId;
};

export const toOnlineRefund = (row: OnlineRefundRow) => ({
  id: row._id.toString(),
  receiptId: row.receiptId.toString(),
  receiptNumber: row.receiptNumber,
  patientName: row.patientName,
  day: row.day,
  at: row.at.toISOString(),
  amountMinor: row.amountMinor,
  currency: row.currency,
  state: row.state,
  why: row.why ?? null,
});
export type OnlineRefund = ReturnType<typeof toOnlineRefund>;
