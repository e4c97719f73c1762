import { listDraftPapers } from '@/features/dispensary/sales/queries';
import { attachScanInput, draftPapersQuery } from '@/features/dispensary/sales/schema';
import { attachPaper } from '@/features/dispensary/sales/service';
import { staffRoute } from '@/lib/actions/staff';
import { bodyOf, readUpload } from '@/lib/upload';

export const dynamic = 'force-dynamic';

/** What is kept already with a sale that is typed still. */
export const GET = staffRoute('sales:write', async (ctx, request) => {
  const { sale } = draftPapersQuery.parse({ sale: new URL(request.url).searchParams.get('sale') });
  return Response.json({ papers: sale ? await listDraftPapers(ctx, sale) : [] });
});

/** Stores the body as a paper that was shown at the counter, under the name that is in a header. */
export const POST = staffRoute('sales:write', async (ctx, request) => {
  const saleKey = new URL(request.url).searchParams.get('sale') ?? '';
  const input = readUpload(request, attachScanInput, { saleKey });
  const file = await attachPaper(ctx, input, bodyOf(request));
  return Response.json(file, { status: 201 });
});
