import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

const number = { type: Number, required: true } as const;
const text = { type: String, required: true } as const;

/** What happened on one day of the organization, as `summarizeDay` read it from the records themselves. */
const rollupSchema = new Schema(
  {
    /** The day, in the organization's time zone; of one branch `b:<id>:` before it. */
    _id: text,
    /** Raised by each writing, so that a summary read earlier cannot replace one read later. */
    revision: number,
    /** A DaySummary without its day, by figure, as `toStored` writes it: never searched. */
    facts: { type: Schema.Types.Mixed, required: true },
    /** A PaperDay as JSON. */
    papers: String,
  },
  { strict: 'throw', minimize: false },
);
export const rollupModel = defineTenantModel('DayRollup', 'day_rollups', rollupSchema, {
  sensitive: ['papers'],
});

/**
 * One document for all branches and one for each that is read alone: up to which day the roll-ups go, by
 * which clock days were counted, which figures a summary has, and who began.
 */
const stateSchema = new Schema(
  { _id: text, throughDay: text, timeZone: text, shape: Number, run: String },
  { strict: 'throw' },
);
export const rollupStateModel = defineTenantModel('RollupState', 'rollup_state', stateSchema);
