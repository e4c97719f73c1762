import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';
import { PLAN_IDS } from '../vocabulary';

/** One answer and whether it came in time. `month` is UTC, `2026-06`. */
const schema = new Schema(
  {
    ticketId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    plan: { type: String, enum: PLAN_IDS, required: true, immutable: true },
    month: { type: String, required: true, immutable: true },
    at: { type: Date, required: true, immutable: true },
    usedMs: { type: Number, required: true, immutable: true },
    targetMs: { type: Number, required: true, immutable: true },
    isInTime: { type: Boolean, required: true, immutable: true },
  },
  { strict: 'throw' },
);
// targets met by month and plan
schema.index({ month: 1, plan: 1, isInTime: 1 });

export const ticketResponseModel = defineMasterModel('TicketResponse', 'ticket_responses', schema);
