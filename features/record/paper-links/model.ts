import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

const id = Schema.Types.ObjectId;

/** A paper that was sent to a patient as a link, as it was that day. */
const paperLinkSchema = new Schema(
  {
    patientId: { type: id, required: true, immutable: true },
    /** `letter:<id>`: what was sent, whichever version. */
    of: { type: String, required: true, immutable: true },
    /** PaperDocument as JSON. */
    content: { type: String, required: true, immutable: true },
    /** Of the secret in the link, which is stored nowhere. */
    tokenHash: { type: String, required: true, immutable: true },
    /** Years that open it, with commas between them. */
    birthYears: { type: String, required: true, immutable: true },
    email: { type: String, required: true, immutable: true },
    /** When the patient said yes, and who asked. */
    agreedAt: { type: Date, required: true, immutable: true },
    sentByName: { type: String, required: true, immutable: true },
    /** When the mail server took it. */
    sentAt: Date,
    expiresAt: { type: Date, required: true, immutable: true },
    /** Wrong years. */
    tries: { type: Number, required: true },
    opens: { type: Number, required: true },
    lastOpenedAt: Date,
    revokedAt: Date,
    revokedByName: String,
  },
  { timestamps: true, strict: 'throw' },
);
// the links of a paper, newest first
paperLinkSchema.index({ of: 1, _id: -1 });

export const paperLinkModel = defineTenantModel('PaperLink', 'paper_links', paperLinkSchema, {
  sensitive: ['content', 'birthYears', 'email'],
});
