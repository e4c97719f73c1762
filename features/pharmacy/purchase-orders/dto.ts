import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { purchaseOrderModel } from './model';
import { openFree, openPacks, orderState } from './policy';

export type PurchaseOrderRow = InferSchemaType<ReturnType<typeof purchaseOrderModel>['schema']> & {
  _id: Types.ObjectId;
};

export const toPurchaseOrder = (row: PurchaseOrderRow) => ({
  id: row._id.toString(),
  number: row.number,
  supplierId: row.supplierId.toString(),
  supplierName: row.supplierName,
  status: row.status,
  state: orderState(row.status, row.lines),
  lines: row.lines.map((line) => ({
    medicineId: line.medicineId.toString(),
    name: line.name,
    unit: line.unit,
    unitsPerPack: line.unitsPerPack,
    packs: line.packs,
    freePacks: line.freePacks,
    rateMinor: line.rateMinor ?? null,
    receivedPacks: line.receivedPacks,
    receivedFree: line.receivedFree,
    openPacks: openPacks(line),
    openFree: openFree(line),
  })),
  note: row.note ?? null,
  version: row.version,
  byUserId: row.byUserId,
  byName: row.byName,
  at: row.at.toISOString(),
  approvedByName: row.approvedByName ?? null,
  approvedAt: row.approvedAt?.toISOString() ?? null,
  mailedAt: row.mailedAt?.toISOString() ?? null,
  mailedTo: row.mailedTo ?? null,
  mailedByName: row.mailedByName ?? null,
  endReason: row.endReason ?? null,
  endedByName: row.endedByName ?? null,
});
export type PurchaseOrder = ReturnType<typeof toPurchaseOrder>;
