import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';
import { PROVISIONING_STEPS } from '../vocabulary';

/** One row per organization: how far the making of its database has come. */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    /** The last step that is finished. */
    step: { type: String, enum: PROVISIONING_STEPS, required: true },
    /** Lease token of the worker that may write; an overtaken worker's writes match nothing. */
    fence: { type: String, default: null },
    attempts: { type: Number, default: 0 },
    lastError: String,
    /** What the vendor is still making; nothing has failed. */
    waitingFor: String,
    /** Trying again cannot help before a person has changed something. */
    needsOperator: Boolean,
    history: {
      type: [new Schema({ step: String, at: Date, durationMs: Number }, { _id: false, strict: 'throw' })],
      default: [],
    },
    finishedAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
schema.index({ organizationId: 1 }, { unique: true });
// /platform: unfinished, oldest first
schema.index({ finishedAt: 1, createdAt: 1 });

export const provisioningModel = defineMasterModel('Provisioning', 'provisionings', schema);
