import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { NO_EXPIRY } from './expiry';
import type { batchModel, medicineModel, movementModel } from './model';
import { stockMark } from './policy';

type RowOf<M extends (...args: never[]) => { schema: unknown }> = InferSchemaType<ReturnType<M>['schema']> & { _id: Types.ObjectId };

export function toMedicine(row: RowOf<typeof medicineModel>) {
  return {
    id: row._id.toString(),
    name: row.name,
    genericName: row.genericName ?? null,
    form: row.form,
    strength: row.strength ?? null,
    unit: row.unit,
    reorderLevel: row.reorderLevel,
    priceCents: row.priceCents ?? null,
    isActive: row.isActive,
    onHand: row.onHand,
    nextExpiry: row.nextExpiry === NO_EXPIRY ? null : row.nextExpiry,
    mark: stockMark(row.onHand, row.reorderLevel),
  };
}
export type Medicine = ReturnType<typeof toMedicine>;

export function toBatch(row: RowOf<typeof batchModel>) {
  return { id: row._id.toString(), lotNumber: row.lotNumber, expiresOn: row.expiresOn, quantity: row.quantity };
}
export type Batch = ReturnType<typeof toBatch>;

export function toMovement(row: RowOf<typeof movementModel>) {
  return {
    id: row._id.toString(),
    kind: row.kind,
    lotNumber: row.lotNumber,
    quantity: row.quantity,
    onHandAfter: row.onHandAfter,
    reason: row.reason ?? null,
    byName: row.byName,
    at: row.at.toISOString(),
  };
}
export type Movement = ReturnType<typeof toMovement>;
