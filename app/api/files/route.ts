import { getVisit } from '@/features/frontdesk/queue/queries';
import { uploadFileInput } from '@/features/patients/files/schema';
import { uploadFile } from '@/features/patients/files/service';
import { staffRoute } from '@/lib/actions/staff';
import { notFoundError } from '@/lib/errors';
import { bodyOf, readUpload } from '@/lib/upload';

export const dynamic = 'force-dynamic';

/** Stores the body as a document of the patient. */
export const POST = staffRoute('files:write', async (ctx, request) => {
  const said = Object.fromEntries(new URL(request.url).searchParams);
  const input = readUpload(request, uploadFileInput, said);
  const { visitId, patientId } = input;
  // A visit of somebody else is answered as one that does not exist.
  if (visitId && (await getVisit(ctx, visitId)).patientId !== patientId) throw notFoundError('visit');
  const file = await uploadFile(ctx, input, bodyOf(request));
  return Response.json(file, { status: 201 });
});
