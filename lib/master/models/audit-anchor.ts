import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/**
 * How far each organization's audit log had come, kept outside its database: rows removed from its end are
 * missed.
 */
const schema = new Schema(
  {
    /** The organization's id, or `platform`. */
    _id: { type: String, required: true },
    seq: { type: Number, required: true },
    hash: { type: String, required: true },
    at: { type: Date, required: true },
    mac: { type: String, required: true },
  },
  { strict: 'throw' },
);

export const auditAnchorModel = defineMasterModel('AuditAnchor', 'audit_anchors', schema);
