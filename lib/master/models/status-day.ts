import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** How many checks of one part found it how, on one day (UTC). */
const schema = new Schema(
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
schema.index({ day: 1, component: 1 }, { unique: true });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const statusDayModel = defineMasterModel('StatusDay', 'status_days', schema);
