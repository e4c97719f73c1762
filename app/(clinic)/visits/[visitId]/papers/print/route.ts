import { getVisit } from '@/features/frontdesk/queue/queries';
import { paperFrame } from '@/features/identity/papers/queries';
import { printPapers } from '@/features/identity/papers/service';
import { readVisitPapers } from '@/features/record/summaries/visit-papers';
import { noQuery, staffDocument } from '@/lib/actions/exports';
import { AppError } from '@/lib/errors';

/** What the hospital always prints at the end of a visit, in one go. */
export const GET = staffDocument({
  permission: 'visits:read',
  audit: 'visit.papers-print',
  target: (_query, params) => `visit:${params.visitId}`,
  query: noQuery,
  document: async (ctx, _query, params) => {
    const visit = await getVisit(ctx, params.visitId ?? '');
    const papers = await readVisitPapers(ctx, visit, await paperFrame(ctx, visit.branchId));
    if (papers.length === 0) throw new AppError('NOT_FOUND', 'Nothing of this visit is signed yet.');
    const content = await printPapers(ctx, papers);
    return { name: `visit-${visit.id}.pdf`, contentType: 'application/pdf', content, isInline: true };
  },
});
