import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { goodsReceiptModel, supplierPaymentModel } from './model';

type RowOf<M extends (...args: never[]) => { schema: unknown }> = InferSchemaType<ReturnType<M>['schema']> & {
  _id: Types.ObjectId;
};

export const toGoodsReceipt = (row: RowOf<typeof goodsReceiptModel>) => ({
  id: row._id.toString(),
  supplierId: row.supplierId.toString(),
  supplierName: row.supplierName,
  orderId: row.orderId?.toString() ?? null,
  isDebitNote: row.isDebitNote ?? false,
  invoiceNumber: row.invoiceNumber,
  invoiceDay: row.invoiceDay,
  day: row.day,
  dueOn: row.dueOn,
  lines: row.lines.map((line) => ({
    medicineId: line.medicineId.toString(),
    batchId: line.batchId.toString(),
    name: line.name,
    unit: line.unit,
    unitsPerPack: line.unitsPerPack,
    packs: line.packs,
    freePacks: line.freePacks,
    pieces: line.pieces,
    lotNumber: line.lotNumber,
    expiresOn: line.expiresOn,
    rateMinor: line.rateMinor,
    mrpMinor: line.mrpMinor ?? null,
    discountBp: line.discountBp,
    schemeBp: line.schemeBp ?? null,
    schemeMinor: line.schemeMinor ?? 0,
    taxBp: line.taxBp,
    taxableMinor: line.taxableMinor,
    taxMinor: line.taxMinor,
    netMinor: line.netMinor,
    costMinor: line.costMinor,
    lastRateMinor: line.lastRateMinor ?? null,
    orderRateMinor: line.orderRateMinor ?? null,
    isUnordered: line.isUnordered ?? false,
  })),
  chargesMinor: row.chargesMinor,
  roundOffMinor: row.roundOffMinor,
  taxableMinor: row.taxableMinor,
  taxMinor: row.taxMinor,
  totalMinor: row.totalMinor,
  isTaxClaimed: row.isTaxClaimed,
  note: row.note ?? null,
  paidMinor: row.paidMinor,
  dueMinor: row.dueMinor,
  byName: row.byName,
  at: row.at.toISOString(),
});
export type GoodsReceipt = ReturnType<typeof toGoodsReceipt>;

export const toSupplierPayment = (row: RowOf<typeof supplierPaymentModel>) => ({
  id: row._id.toString(),
  day: row.day,
  method: row.method,
  reference: row.reference ?? null,
  amountMinor: row.amountMinor,
  byName: row.byName,
});
export type SupplierPayment = ReturnType<typeof toSupplierPayment>;
