import 'server-only';
import { auditHeadSchema, auditSchema } from '../../audit/entry';
import { defineMasterModel } from '../define-master-model';

/**
 * What the company's people and the system did. What staff did lives in their organization's own database.
 */
const schema = auditSchema();
// /platform/audit: newest first
schema.index({ at: -1, _id: -1 });
// an organization's page under /platform
schema.index({ organizationId: 1, seq: -1 });
// a customer's timeline
schema.index({ organizationId: 1, at: -1, _id: -1 });

export const platformAuditModel = defineMasterModel('PlatformAuditEvent', 'audit_log', schema);
export const platformAuditHeadModel = defineMasterModel('PlatformAuditHead', 'audit_head', auditHeadSchema());
