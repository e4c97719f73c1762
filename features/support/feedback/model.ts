import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';

/** What a person of a hospital thinks of the product; nothing of any patient. */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    userName: { type: String, required: true },
    role: { type: String, required: true },
    /** 1 bad to 5 good. */
    mood: { type: Number, required: true, min: 1, max: 5 },
    text: { type: String, default: '' },
    mayContact: { type: Boolean, required: true },
    /** The page it was written on, without ids and query. */
    page: { type: String, required: true },
    readAt: { type: Date, default: null },
  },
  { timestamps: true, strict: 'throw' },
);
// the list, newest first, whole or by mood or what nobody has read; the last 30 days
schema.index({ createdAt: -1, _id: -1 });
schema.index({ mood: 1, createdAt: -1, _id: -1 });
schema.index({ readAt: 1, createdAt: -1, _id: -1 });
schema.index({ organizationId: 1, createdAt: -1, _id: -1 });

export const feedbackModel = defineMasterModel('Feedback', 'feedback', schema);
