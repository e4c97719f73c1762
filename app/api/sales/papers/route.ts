import { attachScanInput } from '@/features/dispensary/sales/schema';
import { attachPaper } from '@/features/dispensary/sales/service';
import { staffRoute } from '@/lib/actions/staff';
import { uploadedName } from '@/lib/download';
import { AppError } from '@/lib/errors';

export const dynamic = 'force-dynamic';

async function* noBody(): AsyncGenerator<Uint8Array> {}

/** Stores the body as a paper that was shown at the counter, under the name that is in a header. */
export const POST = staffRoute('sales:write', async (ctx, request) => {
  const input = attachScanInput.safeParse({
    saleKey: new URL(request.url).searchParams.get('sale') ?? '',
    name: uploadedName(request),
    claimedType: request.headers.get('content-type') ?? '',
    sizeBytes: request.headers.get('x-file-size') ?? '',
  });
  if (!input.success)
    throw new AppError('INVALID_INPUT', input.error.issues[0]?.message ?? 'The file could not be read.');
  const file = await attachPaper(ctx, input.data, request.body ?? noBody());
  return Response.json(file, { status: 201 });
});
