import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { FORM_IDS, IMPORTANCE_IDS } from './policy';
import { MOVEMENT_KINDS, PLACES } from './schema';

/** Why nothing of something is given out, who said so and when. */
const stopSchema = new Schema(
  {
    reason: { type: String, required: true },
    byName: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { _id: false, strict: 'throw' },
);

/** How much of a lot stands in a store. */
const shelfSchema = new Schema(
  {
    storeId: { type: Schema.Types.ObjectId, required: true },
    quantity: { type: Number, required: true, min: 0 },
  },
  { _id: false, strict: 'throw' },
);

const medicine = new Schema(
  {
    name: { type: String, required: true },
    genericName: String,
    form: { type: String, enum: FORM_IDS, required: true },
    strength: String,
    unit: { type: String, required: true },
    /** What is in one of the unit, such as 5 ml. */
    pack: String,
    reorderLevel: { type: Number, required: true },
    priceCents: Number,
    /** Thrown away so many days after it was opened; absent for what is usual of its form. */
    openDays: Number,
    /** Of the law of the country, or that it has none; absent where nobody has said. */
    controlClass: String,
    /** As what the law taxes it; absent for what it says of medicines. */
    taxClass: String,
    /** What it means when it is missing; absent where nobody has said. */
    importance: { type: String, enum: IMPORTANCE_IDS },
    isActive: { type: Boolean, required: true },
    /** Nothing of it is given out. */
    stop: { type: stopSchema },
    /** Name, form and strength in one, so that nothing is in the list twice. */
    identity: { type: String, required: true },
    nameKeys: { type: [String], required: true },
    sortName: { type: String, required: true },
    /** Sum over the batches, kept in the transaction of each movement, which locks this row. */
    onHand: { type: Number, required: true },
    /** Earliest expiry of a batch with stock; '9999-12-31' without. */
    nextExpiry: { type: String, required: true },
    /** onHand and what is on its way <= reorderLevel, so that the list of what to order has an index. */
    isLow: { type: Boolean, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// nothing is in the list twice
medicine.index({ identity: 1 }, { unique: true });
// search by the beginning of a word
medicine.index({ nameKeys: 1, isActive: 1 });
// the list by name, also of what is no longer active; the export
medicine.index({ isActive: 1, sortName: 1, _id: 1 });
// the list by stock; what is out, by name
medicine.index({ isActive: 1, onHand: 1, sortName: 1, _id: 1 });
// the list by expiry
medicine.index({ isActive: 1, nextExpiry: 1, sortName: 1, _id: 1 });
// what to order, the least stock first
medicine.index({ isActive: 1, isLow: 1, onHand: 1, sortName: 1, _id: 1 });
export const medicineModel = defineTenantModel('Medicine', 'medicines', medicine);

const batch = new Schema(
  {
    medicineId: { type: Schema.Types.ObjectId, required: true },
    lotNumber: { type: String, required: true },
    expiresOn: { type: String, required: true },
    quantity: { type: Number, required: true, min: 0 },
    /** quantity > 0: empty batches stay for the ledger and are never read in a list. */
    hasStock: { type: Boolean, required: true },
    /** Of one unit, at the last delivery. */
    costCents: Number,
    /** What all pieces of it that are here have cost, in the smallest unit; absent where nobody knows. */
    valueMinor: Number,
    /** The most that one piece may be sold for: its part of what is printed on the pack. */
    mrpMinor: Number,
    /** Pieces that came back and are not for sale until somebody has looked at them; not in `quantity`. */
    quarantine: { type: Number, min: 0 },
    /** What of `quarantine` stands in other stores than the first. */
    quarantineElsewhere: { type: [shelfSchema], default: undefined },
    /** What of `quantity` stands in other stores than the first. */
    elsewhere: { type: [shelfSchema], default: undefined },
    /** Pieces on their way from one store to another; not in `quantity`. */
    transit: { type: Number, min: 0 },
    /** Nothing of the lot is given out: it is recalled, or somebody looks into it. */
    hold: { type: stopSchema },
  },
  { timestamps: true, strict: 'throw' },
);
// the same lot received twice is one batch
batch.index({ medicineId: 1, lotNumber: 1, expiresOn: 1 }, { unique: true });
// a medicine's batches in stock, first expiring first
batch.index({ medicineId: 1, hasStock: 1, expiresOn: 1, _id: 1 });
// a medicine's batches of which something is in quarantine
batch.index({ medicineId: 1, quarantine: 1 }, { partialFilterExpression: { quarantine: { $gt: 0 } } });
// a medicine's batches of which something is on its way
batch.index({ medicineId: 1, transit: 1 }, { partialFilterExpression: { transit: { $gt: 0 } } });
// what stands in a store that is not the first
batch.index({ 'elsewhere.storeId': 1 }, { sparse: true });
batch.index({ 'quarantineElsewhere.storeId': 1 }, { sparse: true });
// what is on its way, and what stands in quarantine, over all medicines
batch.index({ transit: 1 }, { partialFilterExpression: { transit: { $gt: 0 } } });
batch.index({ quarantine: 1 }, { partialFilterExpression: { quarantine: { $gt: 0 } } });
// what expires, over all medicines
batch.index({ hasStock: 1, expiresOn: 1, _id: 1 });
export const batchModel = defineTenantModel('MedicineBatch', 'medicine_batches', batch);

/** Numbers of packs (GTIN) as they were scanned: which medicine is in them, and how many of it. */
const packCode = new Schema(
  {
    /** 14 digits. */
    _id: { type: String, required: true },
    medicineId: { type: Schema.Types.ObjectId, required: true },
    unitsPerPack: { type: Number, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
export const packCodeModel = defineTenantModel('PackCode', 'pack_codes', packCode);

/** The ledger: what came and went. Written once, never changed. */
const movement = new Schema(
  {
    medicineId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    batchId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    lotNumber: { type: String, required: true, immutable: true },
    kind: { type: String, enum: MOVEMENT_KINDS, required: true, immutable: true },
    /** Signed. */
    quantity: { type: Number, required: true, immutable: true },
    /** Absent for the shelf: what stands in quarantine or is on its way is not on hand. */
    place: { type: String, enum: PLACES, immutable: true },
    /** Of a shelf and of a quarantine: in which store; absent for the first. */
    storeId: { type: Schema.Types.ObjectId, immutable: true },
    /** Of what went from one store to another. */
    transferId: { type: Schema.Types.ObjectId, immutable: true },
    /** What the pieces have cost, signed as they are; absent where nobody knows. */
    costMinor: { type: Number, immutable: true },
    onHandAfter: { type: Number, required: true, immutable: true },
    reason: { type: String, immutable: true },
    /** The dispense that a return takes back. */
    returnOf: { type: Schema.Types.ObjectId, immutable: true },
    /** What it went out with: who got it is written there. */
    dispenseId: { type: Schema.Types.ObjectId, immutable: true },
    /** Of that dispense: the line that it was given for, and so its price. */
    lineId: { type: String, immutable: true },
    /** Of the medicine at that moment, for what went out and came back: the register of the class. */
    controlClass: { type: String, immutable: true },
    /** Of what came back: the return that says why. */
    returnId: { type: Schema.Types.ObjectId, immutable: true },
    byUserId: { type: String, required: true, immutable: true },
    byName: { type: String, required: true, immutable: true },
    at: { type: Date, required: true, immutable: true },
  },
  { strict: 'throw' },
);
// a medicine's ledger, newest first
movement.index({ medicineId: 1, at: -1, _id: -1 });
// what was given out on a day
movement.index({ at: 1, kind: 1 });
// who got a lot
movement.index({ batchId: 1, at: -1 });
// what went out with a dispense
movement.index({ dispenseId: 1 }, { sparse: true });
// the register of a class in a month
movement.index(
  { controlClass: 1, at: 1, _id: 1 },
  { partialFilterExpression: { controlClass: { $exists: true } } },
);
// what of a dispense has come back
movement.index({ returnOf: 1 }, { sparse: true });
export const movementModel = defineTenantModel('StockMovement', 'stock_movements', movement);
