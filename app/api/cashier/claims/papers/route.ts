import { attachPaperInput } from '@/features/cashier/claims/schema';
import { attachPaper } from '@/features/cashier/claims/service';
import { staffRoute } from '@/lib/actions/staff';
import { bodyOf, readUpload } from '@/lib/upload';

export const dynamic = 'force-dynamic';

/** Stores the body as a paper of a payer's case, under the name that is in a header: addresses are logged. */
export const POST = staffRoute('claims:write', async (ctx, request) => {
  const claimId = new URL(request.url).searchParams.get('claim') ?? '';
  const input = readUpload(request, attachPaperInput, { claimId });
  const file = await attachPaper(ctx, input, bodyOf(request));
  return Response.json(file, { status: 201 });
});
