import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** Points used so far, one row per limit and key; written by rate-limiter-flexible alone. */
const schema = new Schema(
  { key: { type: String, required: true }, points: Number, expire: Date },
  { strict: 'throw' },
);
// the counter of a key; two processes that begin it together end with one row
schema.index({ key: 1 }, { unique: true });
schema.index({ expire: 1 }, { expireAfterSeconds: 0 });

export const RATE_LIMITS = 'rate_limits';
export const rateLimitModel = defineMasterModel('RateLimit', RATE_LIMITS, schema);
