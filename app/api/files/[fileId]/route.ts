import { staffRoute } from '@/lib/actions/staff';
import { openStoredFile } from '@/lib/features/files/queries';

export const dynamic = 'force-dynamic';

/** For `filename`, which takes plain letters alone; `filename*` has the name as it is. */
const plain = (name: string): string => name.replace(/[^\w .()-]/g, '_');
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/** A document, always as an attachment; an `<img>` of ours shows it all the same. */
export const GET = staffRoute<{ fileId: string }>('files:read', async (ctx, _request, { fileId }) => {
  const { file, content } = await openStoredFile(ctx, fileId);
  return new Response(new Uint8Array(content), {
    headers: {
      'content-type': file.contentType,
      'content-length': String(content.length),
      'content-disposition': `attachment; filename="${plain(file.name)}"; filename*=UTF-8''${encoded(file.name)}`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
});
