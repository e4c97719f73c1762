import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';
import { MAIL_STATES } from '../vocabulary';

const KEPT_DAYS = 400;

/**
 * Each mail that the product sends to people of hospitals and of the company, and what became of it. Never
 * its text; mails to patients are not among them.
 */
const schema = new Schema(
  {
    /** The key of its job: a mail that is asked for twice is one. */
    key: { type: String, required: true },
    /** What it is about, the first word of the key. */
    kind: { type: String, required: true },
    to: { type: String, required: true },
    /** Lower case. */
    toKey: { type: String, required: true },
    organizationId: Schema.Types.ObjectId,
    state: { type: String, enum: MAIL_STATES, required: true },
    /** What a mail server said of it, in its own words. */
    problem: String,
    queuedAt: { type: Date, required: true },
    sentAt: Date,
    endedAt: Date,
  },
  { strict: 'throw' },
);
schema.index({ key: 1 }, { unique: true });
// /platform/mails: newest first; by state
schema.index({ queuedAt: -1, _id: -1 });
schema.index({ state: 1, queuedAt: -1, _id: -1 });
// to an address; of a customer; which of many addresses had one that did not arrive
schema.index({ toKey: 1, queuedAt: -1, _id: -1 });
schema.index({ organizationId: 1, queuedAt: -1, _id: -1 });
schema.index({ state: 1, toKey: 1 });
schema.index({ queuedAt: 1 }, { expireAfterSeconds: KEPT_DAYS * 24 * 3600 });

export const mailLogModel = defineMasterModel('MailLog', 'mail_log', schema);
