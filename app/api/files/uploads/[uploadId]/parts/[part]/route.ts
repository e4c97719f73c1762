import { putPart } from '@/features/patients/files/uploads';
import { staffRoute } from '@/lib/actions/staff';
import { notFoundError } from '@/lib/errors';
import { bodyOf } from '@/lib/upload';

export const dynamic = 'force-dynamic';

/** One part of a file; the first is 0. */
export const POST = staffRoute<{ uploadId: string; part: string }>(
  'files:write',
  async (ctx, request, { uploadId, part }) => {
    if (!/^\d{1,3}$/.test(part)) throw notFoundError('upload');
    await putPart(ctx, uploadId, Number(part), bodyOf(request));
    return new Response(null, { status: 204 });
  },
);
