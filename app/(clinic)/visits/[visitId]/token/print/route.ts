import { tokenSlip } from '@/features/frontdesk/queue/paper';
import { estimateWaitOf, getVisit } from '@/features/frontdesk/queue/queries';
import { getLetterhead, headOf, letterheadAt, paperFrame } from '@/features/identity/papers/queries';
import { printPaper } from '@/features/identity/papers/service';
import { noQuery, staffDocument } from '@/lib/actions/exports';

/** The token of a visit on a roll of 80 mm. */
export const GET = staffDocument({
  permission: 'queue:read',
  audit: 'visit.token-print',
  target: (_query, params) => `visit:${params.visitId}`,
  query: noQuery,
  document: async (ctx, _query, params) => {
    const visit = await getVisit(ctx, params.visitId ?? '');
    const [letterhead, { printed }, wait] = await Promise.all([
      getLetterhead(ctx),
      paperFrame(ctx),
      estimateWaitOf(ctx, visit),
    ]);
    // A roll has nothing on it: the head is printed also where the sheets have one.
    const { name, lines } = headOf(letterheadAt(ctx, letterhead, visit.branchId));
    const head = { name, lines: lines.slice(0, 1) };
    const content = await printPaper(ctx, `token:${visit.id}`, (mark) =>
      tokenSlip(visit, { head, printed }, mark, wait),
    );
    return { name: `token-${visit.token}.pdf`, contentType: 'application/pdf', content, isInline: true };
  },
});
