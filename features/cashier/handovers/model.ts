import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { fixed, money } from '../bills/model';
import { HANDOVER_STATES, SLIP_METHODS } from './policy';

const id = Schema.Types.ObjectId;
const count = new Schema(
  { kind: { type: String, enum: ['note', 'coin'], required: true }, faceMinor: money, pieces: money },
  { _id: false, strict: 'throw' },
);
const slip = new Schema(
  {
    method: { type: String, enum: SLIP_METHODS, required: true },
    number: fixed,
    reference: { type: String, default: '' },
    amountMinor: money,
    /** Said by who took over; absent before that. */
    isThere: Boolean,
  },
  { _id: false, strict: 'throw' },
);

/** A drawer that one cashier gives to the next: counted by both, and said by both to be so. */
const handover = new Schema(
  {
    day: fixed,
    at: { type: Date, required: true, immutable: true },
    status: { type: String, enum: HANDOVER_STATES, required: true },
    shiftId: { type: id, required: true, immutable: true },
    fromId: fixed,
    fromName: fixed,
    toId: fixed,
    toName: fixed,
    count: { type: [count], required: true },
    countedMinor: money,
    expectedMinor: money,
    /** Counted by who gives, less expected. */
    differenceMinor: money,
    reason: { type: String, immutable: true },
    slips: { type: [slip], required: true },
    answeredAt: Date,
    /** Who took it back, which a manager may. */
    answeredByName: String,
    receivedCount: { type: [count], default: undefined },
    receivedMinor: Number,
    /** Counted by who takes over, less counted by who gives. */
    receivedDifferenceMinor: Number,
    /** Why it was refused, or why the second count or the slips do not fit. */
    answer: String,
    toShiftId: id,
  },
  { timestamps: true, strict: 'throw' },
);
// what waits for the answer of a person, the oldest first
handover.index({ toId: 1, status: 1, at: 1, _id: 1 });
// the handovers of a day, newest first
handover.index({ day: 1, at: -1, _id: -1 });
export const handoverModel = defineTenantModel('Handover', 'handovers', handover, {
  sensitive: ['reason', 'answer'],
});
