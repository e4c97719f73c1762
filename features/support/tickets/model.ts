import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';
import { ATTACHMENT_TYPE_IDS, PLAN_IDS } from '@/lib/master/vocabulary';
import { onceWhereGiven } from '@/lib/mongo';

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
const ticketSchema = new Schema(
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
ticketSchema.index({ number: 1 }, { unique: true });
// an organization's, and a person's own, newest first
ticketSchema.index({ organizationId: 1, lastMessageAt: -1, _id: -1 });
// a customer's timeline
ticketSchema.index({ organizationId: 1, createdAt: -1, _id: -1 });
ticketSchema.index({ organizationId: 1, openedById: 1, lastMessageAt: -1, _id: -1 });
// the company's desk: by status, by who has it
ticketSchema.index({ status: 1, lastMessageAt: -1, _id: -1 });
ticketSchema.index({ assigneeId: 1, lastMessageAt: -1, _id: -1 });
ticketSchema.index({ assigneeId: 1, status: 1, lastMessageAt: -1, _id: -1 });
ticketSchema.index({ priority: 1, lastMessageAt: -1, _id: -1 });
ticketSchema.index({ plan: 1, lastMessageAt: -1, _id: -1 });
ticketSchema.index({ lastMessageAt: -1, _id: -1 });
// what customers said in a month
ticketSchema.index({ 'rating.at': 1 });
// what is late or soon will be, the most urgent first
ticketSchema.index({ dueAt: 1, _id: 1 });

export const ticketModel = defineMasterModel('Ticket', 'tickets', ticketSchema);

/** What was said in a ticket, and what was done with it. */
const ticketMessageSchema = new Schema(
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
    /** The colleagues whom a note names, and when: absent where it names nobody. */
    mentionedIds: { type: [Schema.Types.ObjectId], default: undefined, immutable: true },
    mentionedAt: { type: Date, immutable: true },
  },
  { strict: 'throw' },
);
// a thread in order
ticketMessageSchema.index({ ticketId: 1, at: 1, _id: 1 });
// whom a notice is due
ticketMessageSchema.index({ mentionedAt: 1 }, { sparse: true });
// the same mail twice
ticketMessageSchema.index({ mailId: 1 }, onceWhereGiven('mailId'));

export const ticketMessageModel = defineMasterModel('TicketMessage', 'ticket_messages', ticketMessageSchema);

/**
 * A file of a ticket's message; its content is stored, sealed, under `tickets/<organization>/<_id>`. Name and
 * content are sealed with the organization's own key although tickets are the company's: what a customer gave
 * away becomes unreadable with the customer, in every backup, on the day its key is destroyed.
 */
const ticketAttachmentSchema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    /** Null until the message it was uploaded for is sent. */
    ticketId: { type: Schema.Types.ObjectId, default: null },
    messageId: { type: Schema.Types.ObjectId, default: null },
    /** Of the company's own note on the customer instead. */
    noteId: { type: Schema.Types.ObjectId, default: null },
    by: { type: String, enum: ['customer', 'company'], required: true, immutable: true },
    uploadedById: { type: Schema.Types.ObjectId, required: true, immutable: true },
    name: { type: String, required: true, immutable: true },
    contentType: { type: String, enum: ATTACHMENT_TYPE_IDS, immutable: true },
    sizeBytes: { type: Number, required: true, immutable: true },
    sha256: { type: String, immutable: true },
    /** Why the file of a mail was not taken, sealed; there is no content then. */
    leftOut: { type: String, immutable: true },
    /** Until then it may be sent with a message; absent once it was. */
    expiresAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
// a thread's
ticketAttachmentSchema.index({ ticketId: 1, _id: 1 });
// a note's
ticketAttachmentSchema.index({ noteId: 1, _id: 1 });
// what somebody uploaded and has not sent
ticketAttachmentSchema.index({ uploadedById: 1, messageId: 1 });
// the end of an organization
ticketAttachmentSchema.index({ organizationId: 1, _id: 1 });
// what was never sent
ticketAttachmentSchema.index({ expiresAt: 1 }, { sparse: true });

export const ticketAttachmentModel = defineMasterModel(
  'TicketAttachment',
  'ticket_attachments',
  ticketAttachmentSchema,
);

/** One answer and whether it came in time. `month` is UTC, `2026-06`. */
const ticketResponseSchema = new Schema(
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
ticketResponseSchema.index({ month: 1, plan: 1, isInTime: 1 });

export const ticketResponseModel = defineMasterModel(
  'TicketResponse',
  'ticket_responses',
  ticketResponseSchema,
);

/** A text that support sends again and again. */
const savedAnswerSchema = new Schema(
  { title: { type: String, required: true }, text: { type: String, required: true } },
  { timestamps: true, strict: 'throw' },
);
savedAnswerSchema.index({ title: 1, _id: 1 });

export const savedAnswerModel = defineMasterModel('SavedAnswer', 'saved_answers', savedAnswerSchema);
