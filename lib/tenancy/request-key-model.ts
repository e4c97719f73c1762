import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from './define-tenant-model';

/** A press that changed something, under its person and its number: the same one arriving again finds it. */
const schema = new Schema(
  {
    /** `<user>:<key of the browser>` */
    _id: { type: String, required: true },
    action: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    /** What was sent, as a hash, and what was answered, as JSON; absent until then. */
    answer: String,
  },
  { strict: 'throw' },
);
// what nobody asks for any more, to be removed; no TTL: the server would delete while a database is moved
schema.index({ expiresAt: 1 });

export const requestKeyModel = defineTenantModel('RequestKey', 'request_keys', schema, {
  sensitive: ['answer'],
});
