import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

const number = { type: Number, required: true } as const;
const text = { type: String, required: true } as const;

/** What was given out of a medicine in a month, and day by day; made of the ledger, and of nothing else. */
const stockMonth = new Schema(
  {
    /** `<month>:<medicine>` */
    _id: text,
    month: text,
    medicineId: { type: Schema.Types.ObjectId, required: true },
    /** The last day that is in it: what was read earlier does not replace what was read later. */
    throughDay: text,
    /** Without what came back; in pieces, and what they had cost. */
    given: number,
    costMinor: number,
    /** Movements whose cost nobody knows, which are in no sum. */
    unknown: number,
    /** When something was given out the last time. */
    lastAt: Date,
    /** On hand as the month began and as `throughDay` ended, and on how many of these days it was there. */
    before: number,
    after: number,
    daysThere: number,
    /** A DayUse as a list, by the two digits of the day; days on which nothing moved are missing. */
    days: { type: Schema.Types.Mixed, required: true },
  },
  { strict: 'throw', minimize: false },
);
// a stretch of months, over all medicines
stockMonth.index({ month: 1 });
// what is known of a medicine, when it goes
stockMonth.index({ medicineId: 1 });
export const stockMonthModel = defineTenantModel('StockUseMonth', 'stock_use_months', stockMonth);

/**
 * One document: up to which day the months go, by which clock days were counted, and what moved since, up to
 * a moment of today.
 */
const stockMonthState = new Schema(
  {
    _id: text,
    throughDay: text,
    timeZone: text,
    /** What each month says; those of another shape are counted once more. */
    shape: Number,
    /** A DayPart; absent until something was read on the day. */
    part: Schema.Types.Mixed,
  },
  { strict: 'throw' },
);
export const stockMonthStateModel = defineTenantModel('StockUseState', 'stock_use_state', stockMonthState);
