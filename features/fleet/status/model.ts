import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';

/** Something that was or is wrong with the product, as the public may read it. */
const incidentSchema = new Schema(
  {
    title: { type: String, required: true },
    impact: { type: String, enum: ['degraded', 'outage', 'maintenance'], required: true },
    components: [{ type: String, required: true }],
    updates: [
      new Schema(
        {
          state: {
            type: String,
            enum: ['investigating', 'identified', 'monitoring', 'resolved'],
            required: true,
          },
          text: { type: String, required: true },
          at: { type: Date, required: true },
        },
        { _id: false, strict: 'throw' },
      ),
    ],
    startedAt: { type: Date, required: true },
    resolvedAt: { type: Date, default: null },
  },
  { timestamps: true, strict: 'throw' },
);
// open ones, and the history
incidentSchema.index({ resolvedAt: 1, startedAt: -1 });
incidentSchema.index({ startedAt: -1, _id: -1 });

export const incidentModel = defineMasterModel('Incident', 'incidents', incidentSchema);

/** How many checks of one part found it how, on one day (UTC). */
const statusDaySchema = new Schema(
  {
    component: { type: String, required: true },
    day: { type: String, required: true },
    up: { type: Number, default: 0 },
    degraded: { type: Number, default: 0 },
    outage: { type: Number, default: 0 },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
// the days that the status page shows, and the one that is counted
statusDaySchema.index({ day: 1, component: 1 }, { unique: true });
statusDaySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const statusDayModel = defineMasterModel('StatusDay', 'status_days', statusDaySchema);

/** How a part of the product does, as it was last measured; `_id` is the part. */
const statusMeasurementSchema = new Schema(
  {
    _id: { type: String, required: true },
    level: { type: String, enum: ['up', 'degraded', 'outage'], required: true },
    /** When it came to this level. */
    since: { type: Date, required: true },
    checkedAt: { type: Date, required: true },
    /** For the company only, and never with an address or a name in it. */
    lastError: String,
    lastErrorAt: Date,
  },
  { strict: 'throw' },
);

export const statusMeasurementModel = defineMasterModel(
  'StatusMeasurement',
  'status_measurements',
  statusMeasurementSchema,
);

/** Somebody who wants a mail whenever the status page says something; only addresses that were confirmed. */
const statusSubscriberSchema = new Schema(
  {
    email: { type: String, required: true },
    emailKey: { type: String, required: true },
    confirmedAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
// one row for each address; all of them in steps
statusSubscriberSchema.index({ emailKey: 1 }, { unique: true });

export const statusSubscriberModel = defineMasterModel(
  'StatusSubscriber',
  'status_subscribers',
  statusSubscriberSchema,
);
