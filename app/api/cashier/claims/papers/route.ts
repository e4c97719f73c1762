import { attachPaperInput } from '@/features/cashier/claims/schema';
import { attachPaper } from '@/features/cashier/claims/service';
import { staffRoute } from '@/lib/actions/staff';
import { uploadedName } from '@/lib/download';
import { AppError } from '@/lib/errors';

export const dynamic = 'force-dynamic';

async function* noBody(): AsyncGenerator<Uint8Array> {}

/** Stores the body as a paper of a payer's case, under the name that is in a header: addresses are logged. */
export const POST = staffRoute('claims:write', async (ctx, request) => {
  const input = attachPaperInput.safeParse({
    claimId: new URL(request.url).searchParams.get('claim') ?? '',
    name: uploadedName(request),
    claimedType: request.headers.get('content-type') ?? '',
    sizeBytes: request.headers.get('x-file-size') ?? '',
  });
  if (!input.success)
    throw new AppError('INVALID_INPUT', input.error.issues[0]?.message ?? 'The file could not be read.');
  const file = await attachPaper(ctx, input.data, request.body ?? noBody());
  return Response.json(file, { status: 201 });
});
