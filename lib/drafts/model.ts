import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '../tenancy/define-tenant-model';

/** What somebody has typed and not saved: theirs alone, one per form and record. */
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

export const draftModel = defineTenantModel('Draft', 'drafts', schema, { sensitive: ['content'] });
