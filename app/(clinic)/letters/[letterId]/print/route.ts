import { branchOfVisit } from '@/features/frontdesk/queue/queries';
import { paperFrame } from '@/features/identity/papers/queries';
import { printPaper } from '@/features/identity/papers/service';
import { letterPaper } from '@/features/record/letters/paper';
import { getLetter } from '@/features/record/letters/queries';
import { noQuery, staffDocument } from '@/lib/actions/exports';

/** A letter or certificate as it is handed over. */
export const GET = staffDocument({
  permission: 'letters:read',
  audit: 'letter.print',
  target: (_query, params) => `letter:${params.letterId}`,
  query: noQuery,
  document: async (ctx, _query, params) => {
    const found = await getLetter(ctx, params.letterId ?? '');
    const frame = await paperFrame(ctx, await branchOfVisit(ctx, found.visitId));
    const content = await printPaper(ctx, `letter:${found.id}`, (mark) => letterPaper(found, frame, mark));
    return { name: `letter-${found.number}.pdf`, contentType: 'application/pdf', content, isInline: true };
  },
});
