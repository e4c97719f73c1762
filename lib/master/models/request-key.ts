import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** A press that changed something here. What was answered is never kept in this database. */
const schema = new Schema(
  {
    /** `<user>:<key of the browser>` */
    _id: { type: String, required: true },
    action: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw' },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const masterRequestKeyModel = defineMasterModel('RequestKey', 'request_keys', schema);
