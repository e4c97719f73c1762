import { getVisit } from '@/features/frontdesk/queue/queries';
import { uploadFileInput } from '@/features/patients/files/schema';
import { uploadFile } from '@/features/patients/files/service';
import { staffRoute } from '@/lib/actions/staff';
import { uploadedName } from '@/lib/download';
import { AppError, notFoundError } from '@/lib/errors';

export const dynamic = 'force-dynamic';

async function* noBody(): AsyncGenerator<Uint8Array> {}

/**
 * Stores the body as a document of the patient. The name is in a header, not in the address: addresses are
 * logged, and names of files tell about people.
 */
export const POST = staffRoute('files:write', async (ctx, request) => {
  const input = uploadFileInput.safeParse({
    ...Object.fromEntries(new URL(request.url).searchParams),
    name: uploadedName(request),
    claimedType: request.headers.get('content-type') ?? '',
    sizeBytes: request.headers.get('x-file-size') ?? '',
  });
  if (!input.success) {
    throw new AppError('INVALID_INPUT', input.error.issues[0]?.message ?? 'The file could not be read.');
  }
  const { visitId, patientId } = input.data;
  // A visit of somebody else is answered as one that does not exist.
  if (visitId && (await getVisit(ctx, visitId)).patientId !== patientId) throw notFoundError('visit');
  const file = await uploadFile(ctx, input.data, request.body ?? noBody());
  return Response.json(file, { status: 201 });
});
