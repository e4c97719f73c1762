import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';

/**
 * What one of the company's people wrote down about a customer: for colleagues alone, never about a patient.
 */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    byId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    byName: { type: String, required: true, immutable: true },
    text: { type: String, required: true, immutable: true },
    at: { type: Date, required: true, immutable: true },
    /** The colleagues whom it names, and when: absent where it names nobody. */
    mentionedIds: { type: [Schema.Types.ObjectId], default: undefined, immutable: true },
    mentionedAt: { type: Date, immutable: true },
  },
  { strict: 'throw' },
);
// a customer's, newest first
schema.index({ organizationId: 1, at: -1, _id: -1 });
// whom a notice is due
schema.index({ mentionedAt: 1 }, { sparse: true });

export const customerNoteModel = defineMasterModel('CustomerNote', 'customer_notes', schema);
