import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { isWalkIn } from '../charges/policy';
import type { billModel } from './model';
import { billState } from './policy';

export type BillRow = InferSchemaType<ReturnType<typeof billModel>['schema']> & { _id: Types.ObjectId };
type LineRow = BillRow['lines'][number];

const toLine = (row: LineRow, index: number) => ({
  line: index,
  serviceId: row.serviceId?.toString() ?? null,
  chargeId: row.chargeId?.toString() ?? null,
  code: row.code,
  name: row.name,
  group: row.group,
  isFree: row.isFree,
  isNotPayable: row.isNotPayable ?? false,
  hsn: row.hsn ?? '',
  lots: row.lots?.map(({ lotNumber, expiresOn }) => ({ lotNumber, expiresOn })) ?? [],
  quantity: row.quantity,
  unitMinor: row.unitMinor,
  isInclusive: row.isInclusive,
  grossMinor: row.grossMinor,
  discountMinor: row.discountMinor,
  taxableMinor: row.taxableMinor,
  taxes: row.taxes.map(({ name, rateBp, amountMinor }) => ({ name, rateBp, amountMinor })),
  taxMinor: row.taxMinor,
  totalMinor: row.totalMinor,
  creditedQuantity: row.creditedQuantity,
});
export type BillLine = ReturnType<typeof toLine>;

/** As much of a bill as a list shows. */
export const toBillSummary = (
  row: Omit<BillRow, 'lines' | 'supplier' | 'recipient' | 'createdAt' | 'updatedAt'>,
) => ({
  id: row._id.toString(),
  kind: row.kind,
  number: row.number,
  day: row.day,
  at: row.at.toISOString(),
  patientId: row.patientId.toString(),
  patientName: row.patient.name,
  patientNumber: row.patient.number,
  isWalkIn: isWalkIn(row.patient.number),
  visitId: row.visitId?.toString() ?? null,
  doctorName: row.doctorName ?? null,
  totalMinor: row.totalMinor,
  paidMinor: row.paidMinor,
  creditedMinor: row.creditedMinor,
  dueMinor: row.dueMinor,
  payerMinor: row.payerMinor ?? 0,
  payerDueMinor: row.payerDueMinor ?? 0,
  state: billState(row),
  byName: row.byName,
});
export type BillSummary = ReturnType<typeof toBillSummary>;

export const toBill = (row: BillRow) => ({
  ...toBillSummary(row),
  doctorId: row.doctorId?.toString() ?? null,
  currency: row.currency,
  lines: row.lines.map(toLine),
  grossMinor: row.grossMinor,
  discountMinor: row.discountMinor,
  taxableMinor: row.taxableMinor,
  taxMinor: row.taxMinor,
  roundOffMinor: row.roundOffMinor,
  discountReason: row.discountReason ?? null,
  approvedByName: row.approvedByName ?? null,
  supplier: {
    name: row.supplier.name,
    address: row.supplier.address ?? '',
    taxNumber: row.supplier.taxNumber ?? null,
    /** Of the pharmacy, where something of it is on the bill. */
    licences: row.supplier.licences ?? null,
  },
  placeOfSupply: row.placeOfSupply ?? null,
  recipient: row.recipient ? { name: row.recipient.name, taxNumber: row.recipient.taxNumber } : null,
  ofBillId: row.ofBillId?.toString() ?? null,
  ofBillNumber: row.ofBillNumber ?? null,
  reason: row.reason ?? null,
  prints: row.prints,
});
export type Bill = ReturnType<typeof toBill>;
