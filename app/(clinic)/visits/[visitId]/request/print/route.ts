import { branchOfVisit } from '@/features/frontdesk/queue/queries';
import { paperFrame } from '@/features/identity/papers/queries';
import { printPaper } from '@/features/identity/papers/service';
import { readRequest } from '@/features/record/summaries/queries';
import { noQuery, staffDocument } from '@/lib/actions/exports';

/** What was asked for at a visit, for the laboratory or the patient. */
export const GET = staffDocument({
  permission: 'visits:read',
  audit: 'visit.request-print',
  target: (_query, params) => `visit:${params.visitId}`,
  query: noQuery,
  document: async (ctx, _query, params) => {
    const frame = await paperFrame(ctx, await branchOfVisit(ctx, params.visitId));
    const { subject, makePaper } = await readRequest(ctx, params.visitId ?? '', frame);
    const content = await printPaper(ctx, subject, makePaper);
    return { name: `request-${params.visitId}.pdf`, contentType: 'application/pdf', content, isInline: true };
  },
});
