import 'server-only';
import { draftSchema } from '../master/models/company-draft';
import { defineTenantModel } from '../tenancy/define-tenant-model';

/** What somebody of an organization has typed and not saved. */
export const draftModel = defineTenantModel('Draft', 'drafts', draftSchema(), { sensitive: ['content'] });
