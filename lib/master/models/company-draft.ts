import 'server-only';
import { type InferSchemaType, Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** What somebody has typed and not saved: theirs alone, one per form and record. */
export const draftSchema = () => {
  const schema = new Schema(
    {
      /** `<user>:<form>:<record>` */
      _id: { type: String, required: true },
      userId: { type: String, required: true, immutable: true },
      /** What was typed, what the form said when it was opened, and of which version, as JSON. */
      content: String,
      /** In drafts of before the version stood in `content`. */
      version: Number,
      savedAt: { type: Date, required: true },
      expiresAt: { type: Date, required: true },
    },
    { strict: 'throw' },
  );
  // what has expired, to be removed; no TTL: the server would delete while a database is moved
  schema.index({ expiresAt: 1 });
  // the drafts of one person, oldest first
  schema.index({ userId: 1, savedAt: 1 });
  return schema;
};
export type DraftRow = InferSchemaType<ReturnType<typeof draftSchema>>;

/** Of the company's people, on the company's pages; `content` is sealed by who writes it. */
export const companyDraftModel = defineMasterModel('CompanyDraft', 'company_drafts', draftSchema());
