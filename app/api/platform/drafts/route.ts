import { ofCompany } from '@/lib/actions/drafts';
import { platformRoute } from '@/lib/actions/platform';

/** What one of the company's people has typed on its pages and not saved. */
export const GET = platformRoute('account:own', 'draft.find', ofCompany.find);

export const PUT = platformRoute('account:own', 'draft.keep', ofCompany.keep);

export const DELETE = platformRoute('account:own', 'draft.discard', ofCompany.discard);
