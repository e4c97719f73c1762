import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { revisionOf } from '@/lib/revision';
import { FIRST_STORE_ID, quarantinesOf, storesOf } from '../stores/policy';
import { NO_EXPIRY } from './expiry';
import type { batchModel, medicineModel, movementModel } from './model';
import { stockMark } from './policy';

type RowOf<M extends (...args: never[]) => { schema: unknown }> = InferSchemaType<ReturnType<M>['schema']> & {
  _id: Types.ObjectId;
};

/** What its form shows, as it is stored. */
export const formOf = (row: RowOf<typeof medicineModel>) => ({
  name: row.name,
  genericName: row.genericName ?? null,
  form: row.form,
  strength: row.strength ?? null,
  unit: row.unit,
  pack: row.pack ?? null,
  reorderLevel: row.reorderLevel,
  priceCents: row.priceCents ?? null,
  openDays: row.openDays ?? null,
  controlClass: row.controlClass ?? null,
  taxClass: row.taxClass ?? null,
  importance: row.importance ?? null,
});

type Stop = { reason: string; byName: string; at: Date };
const toStop = (stop: Stop | null | undefined) =>
  stop ? { reason: stop.reason, byName: stop.byName, at: stop.at.toISOString() } : null;

export function toMedicine(row: MedicineRow) {
  return {
    id: row._id.toString(),
    ...formOf(row),
    version: revisionOf(formOf(row)),
    isActive: row.isActive,
    stop: toStop(row.stop),
    onHand: row.onHand,
    nextExpiry: row.nextExpiry === NO_EXPIRY ? null : row.nextExpiry,
    mark: stockMark(row),
  };
}
export type Medicine = ReturnType<typeof toMedicine>;

export type MedicineRow = RowOf<typeof medicineModel>;

/** What is counted against, as it is stored. */
export const countFormOf = ({ quantity }: { quantity: number }) => ({ quantity });

export function toBatch(row: RowOf<typeof batchModel>) {
  return {
    id: row._id.toString(),
    version: revisionOf(countFormOf(row)),
    lotNumber: row.lotNumber,
    expiresOn: row.expiresOn,
    quantity: row.quantity,
    costCents: row.costCents ?? null,
    mrpMinor: row.mrpMinor ?? null,
    quarantine: row.quarantine ?? 0,
    transit: row.transit ?? 0,
    /** What it is counted in: all of them for a whole lot. */
    storeId: null as string | null,
    hold: toStop(row.hold),
    isHeld: Boolean(row.hold),
  };
}
export type Batch = ReturnType<typeof toBatch>;

/** A lot as each store has it. */
export const toShelves = (row: RowOf<typeof batchModel>): Batch[] =>
  storesOf(row).map(({ storeId, quantity }) => ({
    ...toBatch(row),
    ...{ storeId, quantity, version: revisionOf(countFormOf({ quantity })) },
  }));

/** A lot as the quarantine of each store has it. */
export const toQuarantines = (row: RowOf<typeof batchModel>): Batch[] =>
  quarantinesOf(row).map(({ storeId, quantity }) => ({ ...toBatch(row), storeId, quarantine: quantity }));

/** `returned`: how much of a dispense has come back so far. */
export function toMovement(row: RowOf<typeof movementModel>, returned = 0) {
  return {
    id: row._id.toString(),
    kind: row.kind,
    lotNumber: row.lotNumber,
    place: row.place ?? null,
    storeId: row.place === 'transit' ? null : (row.storeId?.toString() ?? FIRST_STORE_ID),
    quantity: row.quantity,
    onHandAfter: row.onHandAfter,
    reason: row.reason ?? null,
    byName: row.byName,
    at: row.at.toISOString(),
    /** How much of it may still be returned; 0 for all but a dispense. */
    returnable: row.kind === 'dispense' ? -row.quantity - returned : 0,
  };
}
export type Movement = ReturnType<typeof toMovement>;
