import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** How a part of the product does, as it was last measured; `_id` is the part. */
const schema = new Schema(
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

export const statusMeasurementModel = defineMasterModel('StatusMeasurement', 'status_measurements', schema);
