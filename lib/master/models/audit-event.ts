import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** What the company's people and the system did. What staff did lives in their organization's own database. */
const schema = new Schema(
  {
    at: { type: Date, required: true },
    actor: {
      type: new Schema({ kind: String, id: String, name: String }, { _id: false, strict: 'throw' }),
      required: true,
    },
    action: { type: String, required: true },
    target: String,
    organizationId: Schema.Types.ObjectId,
    result: { type: String, enum: ['ok', 'refused', 'failed'], required: true },
    requestId: String,
  },
  { strict: 'throw' },
);
// /platform/audit: newest first
schema.index({ at: -1, _id: -1 });
schema.index({ organizationId: 1, at: -1 });

export const platformAuditModel = defineMasterModel('PlatformAuditEvent', 'audit_events', schema);
