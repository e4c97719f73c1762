import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** A text that support sends again and again. */
const schema = new Schema(
  { title: { type: String, required: true }, text: { type: String, required: true } },
  { timestamps: true, strict: 'throw' },
);
schema.index({ title: 1, _id: 1 });

export const savedAnswerModel = defineMasterModel('SavedAnswer', 'saved_answers', schema);
