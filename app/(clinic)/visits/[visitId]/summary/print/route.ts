import { paperFrame } from '@/features/identity/papers/queries';
import { printPaper } from '@/features/identity/papers/service';
import { readSummary } from '@/features/record/summaries/queries';
import { noQuery, staffDocument } from '@/lib/actions/exports';

/** The case sheet of a visit. */
export const GET = staffDocument({
  permission: 'visits:read',
  audit: 'visit.summary-print',
  target: (_query, params) => `visit:${params.visitId}`,
  query: noQuery,
  document: async (ctx, _query, params) => {
    const { subject, makePaper } = await readSummary(ctx, params.visitId ?? '', await paperFrame(ctx));
    const content = await printPaper(ctx, subject, makePaper);
    return { name: `visit-${params.visitId}.pdf`, contentType: 'application/pdf', content, isInline: true };
  },
});
