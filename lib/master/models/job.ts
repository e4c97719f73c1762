import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** Durable work. Written in the transaction that makes it necessary; taken by a worker under a lease. */
const schema = new Schema(
  {
    kind: { type: String, required: true },
    /** One row per kind and key; a second request while it waits is the same work. */
    key: { type: String, required: true },
    payload: { type: Schema.Types.Mixed, default: {} },
    state: { type: String, enum: ['waiting', 'running', 'done', 'dead'], required: true },
    runAt: { type: Date, required: true },
    /** Asked for while it ran: it runs once more. */
    again: { type: Boolean, default: false },
    attempts: { type: Number, default: 0 },
    lease: { type: new Schema({ token: String, until: Date }, { _id: false }), default: null },
    lastError: String,
    finishedAt: Date,
  },
  { timestamps: true, strict: 'throw', minimize: false },
);
// the worker's next job
schema.index({ state: 1, runAt: 1 });
schema.index({ state: 1, 'lease.until': 1 });
// status: mails that wait, and mails that were given up
schema.index({ kind: 1, state: 1, runAt: 1 });
// one row per kind and key; asking again makes the same row wait again
schema.index({ key: 1, kind: 1 }, { unique: true });
schema.index(
  { finishedAt: 1 },
  { expireAfterSeconds: 14 * 24 * 3600, partialFilterExpression: { state: 'done' } },
);

export const jobModel = defineMasterModel('Job', 'jobs', schema);
