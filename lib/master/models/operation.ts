import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';
import { OPERATION_KINDS } from '../vocabulary';

/** A long piece of work on one organization: which step is finished, and what the next ones need to know. */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    kind: { type: String, enum: OPERATION_KINDS, required: true },
    /** The last step that is finished; `requested` before the first. */
    step: { type: String, default: 'requested' },
    /** Token of the worker that may write; an overtaken worker's writes match nothing. */
    fence: { type: String, default: null },
    attempts: { type: Number, default: 0 },
    outcome: { type: String, enum: ['running', 'done', 'failed', 'undone'], default: 'running' },
    lastError: String,
    /** Facts of the kind; parsed by its own schema. Never patient data. */
    data: { type: Schema.Types.Mixed, default: {} },
    progress: {
      type: new Schema({ label: String, done: Number, total: Number }, { _id: false, strict: 'throw' }),
    },
    history: {
      type: [new Schema({ step: String, at: Date, durationMs: Number }, { _id: false, strict: 'throw' })],
      default: [],
    },
    requestedBy: {
      type: new Schema(
        { kind: { type: String, enum: ['platform', 'staff', 'system'] }, id: String, name: String },
        { _id: false, strict: 'throw' },
      ),
      required: true,
    },
    /** It waits until then; the sweep wakes it. */
    wakeAt: Date,
    /** The database that it left behind goes at this moment. */
    keptUntil: Date,
    /** It was given up, and what it had begun to make at a vendor is still to be removed. */
    isLeftOver: Boolean,
    finishedAt: Date,
  },
  { timestamps: true, strict: 'throw', minimize: false },
);
// an organization's operations, newest first
schema.index({ organizationId: 1, createdAt: -1 });
// the sweep: who waits, and which kept databases go
schema.index({ wakeAt: 1 }, { sparse: true });
schema.index({ isLeftOver: 1 }, { partialFilterExpression: { isLeftOver: true } });
schema.index({ keptUntil: 1 }, { sparse: true });

export const operationModel = defineMasterModel('Operation', 'operations', schema);
