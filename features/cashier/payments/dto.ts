import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { branchIdOf } from '@/lib/branches';
import type { receiptModel } from './model';

export type ReceiptRow = InferSchemaType<ReturnType<typeof receiptModel>['schema']> & { _id: Types.ObjectId };

export const toReceipt = (row: ReceiptRow) => ({
  id: row._id.toString(),
  kind: row.kind,
  number: row.number,
  branchId: branchIdOf(row),
  day: row.day,
  at: row.at.toISOString(),
  patientId: row.patientId.toString(),
  patientName: row.patient.name,
  patientNumber: row.patient.number,
  tenders: row.tenders.map((one) => ({
    method: one.method,
    amountMinor: one.amountMinor,
    reference: one.reference ?? null,
    tenderedMinor: one.tenderedMinor ?? null,
    changeMinor: one.changeMinor ?? null,
    ofNumber: one.ofNumber ?? null,
    refundedMinor: one.refundedMinor,
  })),
  amountMinor: row.amountMinor,
  moneyMinor: row.moneyMinor,
  billId: row.billId?.toString() ?? null,
  billNumber: row.billNumber ?? null,
  creditNoteNumber: row.creditNoteNumber ?? null,
  leftMinor: row.leftMinor ?? null,
  reason: row.reason ?? null,
  currency: row.currency,
  shiftId: row.shiftId?.toString() ?? null,
  cashierName: row.cashierName,
  prints: row.prints,
});
export type Receipt = ReturnType<typeof toReceipt>;
