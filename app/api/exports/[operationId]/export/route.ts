import { Readable } from 'node:stream';
import { openExport } from '@/features/fleet/operations/queries';
import { staffRoute } from '@/lib/actions/staff';
import { recordAudit } from '@/lib/audit/record';

/** Everything of the organization, opened while it is sent. */
export const GET = staffRoute<{ operationId: string }>(
  'organization:export',
  async (ctx, _request, { operationId }) => {
    const { name, content } = await openExport(ctx, operationId);
    await recordAudit(ctx, { action: 'organization.fetch-export', target: `operation:${operationId}` });
    const body = Readable.toWeb(Readable.from(content)) as ReadableStream<Uint8Array>;
    return new Response(body, {
      headers: {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  },
);
