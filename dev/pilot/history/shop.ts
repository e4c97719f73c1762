import { minorOfPrice } from '@/features/cashier/bill-settings/policy';
import type { DispensedLine } from '@/features/dispensary/dispenses/policy';
import { RETURN_REASONS } from '@/features/dispensary/returns/policy';
import { NO_CLASS } from '@/features/pharmacy/medicines/control-classes';
import { NO_EXPIRY } from '@/features/pharmacy/medicines/expiry';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import type { MedicineForm } from '@/features/pharmacy/medicines/policy';
import { costBack } from '@/features/pharmacy/medicines/service/stock';
import { stockMonthStateModel } from '@/features/pharmacy/stock-use/model';
import { divideRounded } from '@/lib/rounding';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import type { Bulk, Id, Row } from './bulk';

export type Lot = {
  _id: Id;
  lotNumber: string;
  expiresOn: Day;
  quantity: number;
  valueMinor: number;
  mrpMinor: number;
  createdAt: Date;
  updatedAt: Date;
};
/** A medicine with what of it is on the shelf. */
export type Shelf = {
  _id: Id;
  name: string;
  strength: string | undefined;
  form: MedicineForm;
  unit: string;
  reorderLevel: number;
  priceMinor: number;
  controlClass: string | undefined;
  onHand: number;
  /** The first to expire first. */
  lots: Lot[];
  /** Pieces a day, lately. */
  use: number;
  usedToday: number;
  lastRateMinor: number | undefined;
};
export type Clerk = { id: string; name: string };
type Out = { movementId: Id; lot: Lot; quantity: number; costMinor: number };
/** What was handed out of a line, and from which lots. */
export type Given = { shelf: Shelf; quantity: number; line: DispensedLine; mrpMinor: number; out: Out[] };

const PRICELESS = 8_000;
type Movement = { kind: string; at: Date; by: Clerk; reason?: string } & Record<string, unknown>;

/** The pharmacy's shelves over the years: each movement as the ledger writes it, and what is left. */
export class Shop {
  readonly shelves: Shelf[] = [];
  readonly #byName = new Map<string, Shelf>();

  constructor(
    readonly ctx: TenantContext,
    readonly bulk: Bulk,
  ) {}

  /** Reads the formulary. @returns false where there is stock already: its ledger is not for us to write. */
  async open(currency: string): Promise<boolean> {
    const rows = await medicineModel(this.ctx).find({ isActive: true }).sort({ sortName: 1 }).lean();
    if (rows.length === 0 || rows.some(({ onHand }) => onHand > 0)) return false;
    for (const row of rows) {
      const shelf: Shelf = {
        ...{ _id: row._id, name: row.name, strength: row.strength ?? undefined, form: row.form },
        ...{ unit: row.unit, reorderLevel: row.reorderLevel, controlClass: row.controlClass ?? undefined },
        priceMinor: minorOfPrice(row.priceCents ?? PRICELESS, currency) ?? PRICELESS,
        ...{ onHand: 0, lots: [], use: 0, usedToday: 0, lastRateMinor: undefined },
      };
      this.shelves.push(shelf);
      if (!this.#byName.has(row.name)) this.#byName.set(row.name, shelf);
    }
    return true;
  }

  find = (name: string): Shelf | undefined => this.#byName.get(name);

  /** Pieces that may be given out. */
  usable = ({ lots }: Shelf, day: Day): number =>
    lots.reduce((sum, { quantity, expiresOn }) => sum + (expiresOn >= day ? quantity : 0), 0);

  /** A lot that has come. */
  receive(shelf: Shelf, lot: Lot, by: Clerk): void {
    shelf.lots.push(lot);
    shelf.lots.sort((a, b) => (a.expiresOn < b.expiresOn ? -1 : a.expiresOn > b.expiresOn ? 1 : 0));
    const { quantity, valueMinor } = lot;
    [lot.quantity, lot.valueMinor] = [0, 0];
    this.#move(shelf, lot, quantity, valueMinor, { kind: 'receipt', at: lot.createdAt, by });
  }

  /** Gives what expires first; null, and nothing is taken, where there is not enough. */
  give(
    shelf: Shelf,
    quantity: number,
    {
      day,
      at,
      by,
      dispenseId,
      lineId,
      dosage,
    }: {
      day: Day;
      at: Date;
      by: Clerk;
      dispenseId: Id;
      lineId: string;
      dosage: DispensedLine['dosage'];
    },
  ): Given | null {
    if (this.usable(shelf, day) < quantity) return null;
    const out: Out[] = [];
    let missing = quantity;
    for (const lot of shelf.lots) {
      if (missing === 0) break;
      if (lot.expiresOn < day || lot.quantity === 0) continue;
      const part = Math.min(lot.quantity, missing);
      const costMinor = divideRounded(BigInt(lot.valueMinor) * BigInt(-part), BigInt(lot.quantity));
      const movementId = this.#move(shelf, lot, -part, costMinor, { kind: 'dispense', at, by, dispenseId });
      out.push({ movementId, lot, quantity: -part, costMinor });
      missing -= part;
    }
    shelf.usedToday += quantity;
    const lots = out.map(({ lot, quantity: part }) => ({
      ...{ batchId: lot._id.toString(), lotNumber: lot.lotNumber, expiresOn: lot.expiresOn },
      quantity: -part,
    }));
    const name = [shelf.name, shelf.strength].filter(Boolean).join(' ');
    const line: DispensedLine = {
      ...{ lineId, name, unit: shelf.unit, quantity, lots },
      ...{ medicineId: shelf._id.toString(), dosage },
    };
    const mrpMinor = Math.min(shelf.priceMinor, ...out.map(({ lot }) => lot.mrpMinor));
    return { shelf, quantity, line, mrpMinor, out };
  }

  /** One piece of what was given comes back, as it was sold. @returns the movement; null where it expired. */
  takeBack(
    { shelf, out }: Given,
    { day, at, by, returnId }: { day: Day; at: Date; by: Clerk; returnId: Id },
  ): { movementId: Id; lotNumber: string } | null {
    const [given] = out;
    if (!given || given.lot.expiresOn < day) return null;
    const { lot, movementId: returnOf, quantity, costMinor } = given;
    const back = costBack({ quantity, costMinor }, -quantity, 1) ?? 0;
    const reason = RETURN_REASONS.unused;
    this.#move(shelf, lot, 1, back, { kind: 'return', at, by, reason, returnOf, returnId });
    return { movementId: returnOf, lotNumber: lot.lotNumber };
  }

  /** Takes what has expired off the shelves. */
  dispose(day: Day, at: Date, by: Clerk): void {
    for (const shelf of this.shelves) {
      const expired = shelf.lots.filter((lot) => lot.expiresOn < day && lot.quantity > 0);
      for (const lot of expired)
        this.#move(shelf, lot, -lot.quantity, -lot.valueMinor, {
          kind: 'disposal',
          at,
          by,
          reason: 'Expired',
        });
    }
  }

  /** One piece fewer was counted than the list says. */
  miscount(shelf: Shelf, at: Date, by: Clerk): void {
    const lot = shelf.lots.find(({ quantity }) => quantity > 1);
    if (!lot) return;
    const costMinor = divideRounded(BigInt(lot.valueMinor) * -1n, BigInt(lot.quantity));
    this.#move(shelf, lot, -1, costMinor, {
      kind: 'adjustment',
      at,
      by,
      reason: 'Counted at the end of the month',
    });
  }

  endDay(): void {
    for (const shelf of this.shelves) {
      shelf.use += (shelf.usedToday - shelf.use) / 25;
      shelf.usedToday = 0;
    }
  }

  /** Writes what is left, and brings the formulary in line with it. */
  async close(): Promise<void> {
    for (const { _id: medicineId, lots } of this.shelves)
      for (const lot of lots) this.bulk.add('medicine_batches', batchRow(medicineId, lot));
    const writes = this.shelves.map(({ _id, onHand, lots, reorderLevel }) => {
      const nextExpiry = lots.find(({ quantity }) => quantity > 0)?.expiresOn ?? NO_EXPIRY;
      const set = { onHand, nextExpiry, isLow: onHand <= reorderLevel };
      return { updateOne: { filter: { _id }, update: { $set: set } } };
    });
    if (writes.length > 0) await medicineModel(this.ctx).collection.bulkWrite(writes, { ordered: false });
    // What was rolled up before these years were written knows nothing of them.
    await stockMonthStateModel(this.ctx).deleteMany({});
  }

  /** An empty lot that nothing can come back to any more is done. */
  forgetEmpty(before: Date): void {
    for (const shelf of this.shelves)
      shelf.lots = shelf.lots.filter((lot) => {
        const isDone = lot.quantity === 0 && lot.updatedAt < before;
        if (isDone) this.bulk.add('medicine_batches', batchRow(shelf._id, lot));
        return !isDone;
      });
  }

  #move(shelf: Shelf, lot: Lot, quantity: number, costMinor: number, { by, at, ...of }: Movement): Id {
    lot.quantity += quantity;
    lot.valueMinor += costMinor;
    lot.updatedAt = at;
    shelf.onHand += quantity;
    const { controlClass } = shelf;
    const isWatched =
      controlClass && controlClass !== NO_CLASS && (of.kind === 'dispense' || of.kind === 'return');
    const _id = this.bulk.idAt(at);
    const row: Row = {
      ...{ _id, medicineId: shelf._id, batchId: lot._id, lotNumber: lot.lotNumber },
      ...{ quantity, costMinor, onHandAfter: shelf.onHand, ...of },
      ...(isWatched ? { controlClass } : {}),
      ...{ byUserId: by.id, byName: by.name, at, __v: 0 },
    };
    this.bulk.add('stock_movements', row);
    return _id;
  }
}

const batchRow = (medicineId: Id, { quantity, ...lot }: Lot): Row => ({
  ...{ ...lot, medicineId, quantity, hasStock: quantity > 0, __v: 0 },
});
