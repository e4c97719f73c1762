import 'server-only';
import { auditNoteSchema } from '../../audit/entry';
import { defineMasterModel } from '../define-master-model';

/**
 * What changes of the master database have still to leave in a log: the platform's, or an organization's own.
 */
export const auditOutboxModel = defineMasterModel('AuditOutbox', 'audit_outbox', auditNoteSchema());
