import { readPortrait } from '@/features/patients/files/queries';
import { staffRoute } from '@/lib/actions/staff';
import { streamResponse } from '@/lib/download';

export const dynamic = 'force-dynamic';

/** The photo in the banner of a patient. */
export const GET = staffRoute<{ patientId: string }>('patients:read', async (ctx, request, { patientId }) => {
  const { file, source } = await readPortrait(ctx, patientId);
  return streamResponse(file, source, request);
});
