import { STILL_MAX_BYTES } from '@/features/patients/files/look';
import { abandonUpload, finishUpload } from '@/features/patients/files/uploads';
import { staffRoute } from '@/lib/actions/staff';
import { readUpTo } from '@/lib/read-body';

export const dynamic = 'force-dynamic';

/** All parts were sent: the file is looked at and stored. The body is a picture out of a film, or nothing. */
export const POST = staffRoute<{ uploadId: string }>('files:write', async (ctx, request, { uploadId }) => {
  const isConfirmed = new URL(request.url).searchParams.get('isConfirmed') === 'yes';
  const still = (await readUpTo(request, STILL_MAX_BYTES)) ?? undefined;
  return Response.json(await finishUpload(ctx, uploadId, { isConfirmed, still }), { status: 201 });
});

/** The file is not to be stored after all. */
export const DELETE = staffRoute<{ uploadId: string }>('files:write', async (ctx, _request, { uploadId }) => {
  await abandonUpload(ctx, uploadId);
  return new Response(null, { status: 204 });
});
