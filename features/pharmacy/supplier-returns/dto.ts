import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { supplierReturnModel } from './model';

type Row = InferSchemaType<ReturnType<typeof supplierReturnModel>['schema']> & { _id: Types.ObjectId };

export const toSupplierReturn = (row: Row) => ({
  id: row._id.toString(),
  number: row.number,
  supplierId: row.supplierId.toString(),
  supplierName: row.supplierName,
  day: row.day,
  reason: row.reason,
  lines: row.lines.map((line) => ({
    medicineId: line.medicineId.toString(),
    batchId: line.batchId.toString(),
    name: line.name,
    unit: line.unit,
    lotNumber: line.lotNumber,
    expiresOn: line.expiresOn,
    from: line.from,
    quantity: line.quantity,
    costMinor: line.costMinor ?? null,
  })),
  expectedMinor: row.expectedMinor ?? null,
  note: row.note ?? null,
  state: row.state,
  creditNote: row.creditNote ?? null,
  creditedMinor: row.creditedMinor ?? null,
  creditedTaxMinor: row.creditedTaxMinor ?? null,
  usedMinor: row.usedMinor ?? 0,
  endedAt: row.endedAt?.toISOString() ?? null,
  endReason: row.endReason ?? null,
  endedByName: row.endedByName ?? null,
  version: row.version,
  byName: row.byName,
  at: row.at.toISOString(),
});
export type SupplierReturn = ReturnType<typeof toSupplierReturn>;
