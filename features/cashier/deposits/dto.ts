import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { depositModel } from './model';

type Row = InferSchemaType<ReturnType<typeof depositModel>['schema']> & { _id: Types.ObjectId };

export const toDeposit = (row: Row) => ({
  id: row._id.toString(),
  number: row.number,
  day: row.day,
  amountMinor: row.amountMinor,
  parts: row.parts.map(({ shiftId, cashierName, shiftDay, amountMinor }) => ({
    ...{ shiftId: shiftId.toString(), cashierName, shiftDay, amountMinor },
  })),
  bank: row.bank,
  slipNumber: row.slipNumber,
  carriedBy: row.carriedBy,
  byName: row.byName,
  isTakenBack: row.isTakenBack,
  /** Takes another one back. */
  isReversal: row.ofDepositId !== undefined && row.ofDepositId !== null,
  reason: row.reason ?? null,
});
export type Deposit = ReturnType<typeof toDeposit>;
