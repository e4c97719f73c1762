import { uploadFileInput } from '@/features/patients/files/schema';
import { uploadFile } from '@/features/patients/files/service';
import { staffRoute } from '@/lib/actions/staff';
import { uploadedName } from '@/lib/download';
import { AppError } from '@/lib/errors';

export const dynamic = 'force-dynamic';

async function* noBody(): AsyncGenerator<Uint8Array> {}

/**
 * Stores the body as a document of the patient. The name is in a header, not in the address: addresses are
 * logged, and names of files tell about people.
 */
export const POST = staffRoute('files:write', async (ctx, request) => {
  const input = uploadFileInput.safeParse({
    patientId: new URL(request.url).searchParams.get('patientId') ?? '',
    name: uploadedName(request),
    claimedType: request.headers.get('content-type') ?? '',
    sizeBytes: request.headers.get('x-file-size') ?? '',
  });
  if (!input.success) {
    throw new AppError('INVALID_INPUT', input.error.issues[0]?.message ?? 'The file could not be read.');
  }
  const file = await uploadFile(ctx, input.data, request.body ?? noBody());
  return Response.json(file, { status: 201 });
});
