import { branchOfVisit } from '@/features/frontdesk/queue/queries';
import { paperFrame } from '@/features/identity/papers/queries';
import { printPaper } from '@/features/identity/papers/service';
import { contactLensPaper } from '@/features/record/contact-lenses/paper';
import { getContactLenses } from '@/features/record/contact-lenses/queries';
import { noQuery, staffDocument } from '@/lib/actions/exports';

/** Contact lenses as the patient buys them. */
export const GET = staffDocument({
  permission: 'prescriptions:read',
  audit: 'contact-lenses.print',
  target: (_query, params) => `contact-lenses:${params.contactLensesId}`,
  query: noQuery,
  document: async (ctx, _query, params) => {
    const found = await getContactLenses(ctx, params.contactLensesId ?? '');
    const frame = await paperFrame(ctx, await branchOfVisit(ctx, found.visitId));
    const content = await printPaper(ctx, `contact-lenses:${found.id}`, (mark) =>
      contactLensPaper(found, frame, mark),
    );
    return {
      name: `contact-lenses-${found.id}.pdf`,
      contentType: 'application/pdf',
      content,
      isInline: true,
    };
  },
});
