import { readThumbnail } from '@/features/patients/files/queries';
import { staffRoute } from '@/lib/actions/staff';
import { downloadResponse } from '@/lib/download';

export const dynamic = 'force-dynamic';

/** The small picture of a document in a list; the page asks for it by itself. */
export const GET = staffRoute<{ fileId: string }>(
  'files:read',
  async (ctx, _request, { fileId }) =>
    downloadResponse({ name: 'picture.webp', contentType: 'image/webp' }, await readThumbnail(ctx, fileId)),
  { isBackground: true },
);
