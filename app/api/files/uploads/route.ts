import { getVisit } from '@/features/frontdesk/queue/queries';
import { beginUploadInput } from '@/features/patients/files/schema';
import { beginUpload } from '@/features/patients/files/uploads';
import { staffRoute } from '@/lib/actions/staff';
import { AppError, notFoundError } from '@/lib/errors';
import { readJson } from '@/lib/read-body';

export const dynamic = 'force-dynamic';

const MAX_BYTES = 10_000;

/**
 * Begins a file that comes in parts, or goes on with one. Its name is in the body: addresses are logged.
 */
export const POST = staffRoute('files:write', async (ctx, request) => {
  const input = beginUploadInput.safeParse(await readJson(request, MAX_BYTES));
  if (!input.success)
    throw new AppError('INVALID_INPUT', input.error.issues[0]?.message ?? 'The file could not be read.');
  const { visitId, patientId } = input.data;
  // A visit of somebody else is answered as one that does not exist.
  if (visitId && (await getVisit(ctx, visitId)).patientId !== patientId) throw notFoundError('visit');
  return Response.json(await beginUpload(ctx, input.data), { status: 201 });
});
