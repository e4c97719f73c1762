import { readPortrait } from '@/features/patients/files/queries';
import { staffRoute } from '@/lib/actions/staff';
import { downloadResponse } from '@/lib/download';

export const dynamic = 'force-dynamic';

/** The photo in the banner of a patient. */
export const GET = staffRoute<{ patientId: string }>(
  'patients:read',
  async (ctx, _request, { patientId }) => {
    const { file, content } = await readPortrait(ctx, patientId);
    return downloadResponse(file, content);
  },
);
