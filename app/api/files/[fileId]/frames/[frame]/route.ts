import { readFramePicture } from '@/features/patients/files/queries';
import { staffRoute } from '@/lib/actions/staff';
import { downloadResponse } from '@/lib/download';
import { notFoundError } from '@/lib/errors';

export const dynamic = 'force-dynamic';

/** One picture of a document that browsers do not show by themselves; the first is 0. */
export const GET = staffRoute<{ fileId: string; frame: string }>(
  'files:read',
  async (ctx, _request, { fileId, frame }) => {
    if (!/^\d{1,4}$/.test(frame)) throw notFoundError('picture');
    const picture = await readFramePicture(ctx, fileId, Number(frame));
    return downloadResponse({ name: 'picture.jpg', contentType: 'image/jpeg' }, picture);
  },
);
