import { branchOfVisit } from '@/features/frontdesk/queue/queries';
import { paperFrame } from '@/features/identity/papers/queries';
import { printPaper } from '@/features/identity/papers/service';
import { paperQuery } from '@/features/record/prescriptions/schema';
import { readSummary } from '@/features/record/summaries/queries';
import { staffDocument } from '@/lib/actions/exports';

/** The case sheet of a visit. */
export const GET = staffDocument({
  permission: 'visits:read',
  audit: 'visit.summary-print',
  target: (_query, params) => `visit:${params.visitId}`,
  query: paperQuery,
  document: async (ctx, { language }, params) => {
    const frame = await paperFrame(ctx, await branchOfVisit(ctx, params.visitId));
    const { subject, makePaper } = await readSummary(ctx, params.visitId ?? '', frame, language);
    const content = await printPaper(ctx, subject, makePaper);
    return { name: `visit-${params.visitId}.pdf`, contentType: 'application/pdf', content, isInline: true };
  },
});
