import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';
import { ATTACHMENT_TYPE_IDS } from '../vocabulary';

/**
 * A file of a ticket's message; its content is stored, sealed, under `tickets/<organization>/<_id>`. Name and
 * content are sealed with the organization's own key although tickets are the company's: what a customer gave
 * away becomes unreadable with the customer, in every backup, on the day its key is destroyed.
 */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    /** Null until the message it was uploaded for is sent. */
    ticketId: { type: Schema.Types.ObjectId, default: null },
    messageId: { type: Schema.Types.ObjectId, default: null },
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
schema.index({ ticketId: 1, _id: 1 });
// what somebody uploaded and has not sent
schema.index({ uploadedById: 1, messageId: 1 });
// the end of an organization
schema.index({ organizationId: 1, _id: 1 });
// what was never sent
schema.index({ expiresAt: 1 }, { partialFilterExpression: { expiresAt: { $type: 'date' } } });

export const ticketAttachmentModel = defineMasterModel('TicketAttachment', 'ticket_attachments', schema);
