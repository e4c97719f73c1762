import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { Day } from '@/lib/time';
import type { estimateModel } from './model';
import { estimateState } from './policy';

type Row = InferSchemaType<ReturnType<typeof estimateModel>['schema']> & { _id: Types.ObjectId };

/** @param today the day on which it is looked at: from it follows whether it has lapsed. */
export const toEstimate = (row: Row, today: Day) => ({
  id: row._id.toString(),
  number: row.number,
  day: row.day,
  at: row.at.toISOString(),
  validUntil: row.validUntil,
  patientId: row.patientId.toString(),
  patientName: row.patient.name,
  patientNumber: row.patient.number,
  doctorId: row.doctorId?.toString() ?? null,
  doctorName: row.doctorName ?? null,
  lines: row.lines.map((line) => ({
    serviceId: line.serviceId.toString(),
    code: line.code,
    name: line.name,
    hsn: line.hsn ?? '',
    quantity: line.quantity,
    unitMinor: line.unitMinor,
    taxMinor: line.taxMinor,
    totalMinor: line.totalMinor,
  })),
  currency: row.currency,
  taxMinor: row.taxMinor,
  roundOffMinor: row.roundOffMinor,
  totalMinor: row.totalMinor,
  note: row.note ?? null,
  billId: row.billId?.toString() ?? null,
  billNumber: row.billNumber ?? null,
  reason: row.reason ?? null,
  state: estimateState(row, today),
  prints: row.prints,
  byName: row.byName,
});
export type Estimate = ReturnType<typeof toEstimate>;
