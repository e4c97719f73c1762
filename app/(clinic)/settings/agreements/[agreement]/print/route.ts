import { agreementPaper } from '@/features/subscription/agreements/paper';
import { readCopy } from '@/features/subscription/agreements/queries';
import { noQuery, staffDocument } from '@/lib/actions/exports';
import { renderPaper } from '@/lib/pdf/paper';
import { inPdfTurn } from '@/lib/pdf/turn';

/** The agreement as it was accepted, with who bound the organization. */
export const GET = staffDocument({
  permission: 'billing:read',
  audit: 'agreements.copy',
  target: (_query, params) => `agreement:${params.agreement}`,
  query: noQuery,
  document: async (ctx, _query, params) => {
    const copy = await readCopy(ctx, params.agreement ?? '');
    const content = await inPdfTurn(ctx.organizationId, () => renderPaper(agreementPaper(ctx, copy)));
    return { name: `${copy.document.slug}.pdf`, contentType: 'application/pdf', content, isInline: true };
  },
});
