import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';
import { PLAN_IDS } from '../vocabulary';

const clock = new Schema(
  { usedMs: { type: Number, required: true }, runningSince: { type: Date, default: null } },
  { _id: false, strict: 'throw' },
);
const rating = new Schema(
  {
    isGood: { type: Boolean, required: true },
    comment: { type: String, default: '' },
    at: { type: Date, required: true },
  },
  { _id: false, strict: 'throw' },
);

/** A request of a customer's staff to the company. About the product, never about a patient. */
const schema = new Schema(
  {
    /** What people call it by. */
    number: { type: Number, required: true, immutable: true },
    organizationId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    /** When it was opened: what was promised then stays. */
    plan: { type: String, enum: PLAN_IDS, required: true, immutable: true },
    /** The same, where something else than the plan's promise was agreed. */
    target: {
      type: new Schema(
        {
          minutes: { type: Number, required: true },
          counted: { type: String, enum: ['working', 'always'], required: true },
        },
        { _id: false, strict: 'throw' },
      ),
      immutable: true,
    },
    openedById: { type: Schema.Types.ObjectId, required: true, immutable: true },
    openedByName: { type: String, required: true },
    category: { type: String, required: true },
    priority: { type: String, required: true },
    subject: { type: String, required: true },
    status: { type: String, enum: ['open', 'waiting', 'solved'], required: true },
    assigneeId: { type: Schema.Types.ObjectId, default: null },
    assigneeName: { type: String, default: null },
    clock: { type: clock, required: true },
    /** The question stands, and waits for something of the customer's. */
    isPaused: { type: Boolean, default: false },
    /** Null while it is the customer's turn. */
    dueAt: { type: Date, default: null },
    warnAt: { type: Date, default: null },
    warnedAt: { type: Date, default: null },
    breachedAt: { type: Date, default: null },
    solvedAt: { type: Date, default: null },
    rating: { type: rating, default: null },
    lastMessageAt: { type: Date, required: true },
    /** Grows with each change: of two people who answer at once, one is told. */
    version: { type: Number, default: 0 },
  },
  { timestamps: true, strict: 'throw' },
);
schema.index({ number: 1 }, { unique: true });
// an organization's, and a person's own, newest first
schema.index({ organizationId: 1, lastMessageAt: -1, _id: -1 });
schema.index({ organizationId: 1, openedById: 1, lastMessageAt: -1, _id: -1 });
// the company's desk: by status, by who has it
schema.index({ status: 1, lastMessageAt: -1, _id: -1 });
schema.index({ assigneeId: 1, lastMessageAt: -1, _id: -1 });
schema.index({ assigneeId: 1, status: 1, lastMessageAt: -1, _id: -1 });
schema.index({ priority: 1, lastMessageAt: -1, _id: -1 });
schema.index({ plan: 1, lastMessageAt: -1, _id: -1 });
schema.index({ lastMessageAt: -1, _id: -1 });
// what customers said in a month
schema.index({ 'rating.at': 1 });
// what is late or soon will be, the most urgent first
schema.index({ dueAt: 1, _id: 1 });

export const ticketModel = defineMasterModel('Ticket', 'tickets', schema);
