import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** What was said in a ticket, and what was done with it. */
const schema = new Schema(
  {
    ticketId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    by: { type: String, enum: ['customer', 'company', 'system'], required: true, immutable: true },
    userId: { type: Schema.Types.ObjectId, default: null, immutable: true },
    name: { type: String, required: true, immutable: true },
    text: { type: String, required: true, immutable: true },
    /** For the company's people only. */
    isInternal: { type: Boolean, default: false, immutable: true },
    /** Of a reply by mail: a mail that is delivered twice is one message. */
    mailId: { type: String, immutable: true },
    at: { type: Date, required: true, immutable: true },
  },
  { strict: 'throw' },
);
// a thread in order
schema.index({ ticketId: 1, at: 1, _id: 1 });
schema.index({ mailId: 1 }, { unique: true, partialFilterExpression: { mailId: { $type: 'string' } } });

export const ticketMessageModel = defineMasterModel('TicketMessage', 'ticket_messages', schema);
