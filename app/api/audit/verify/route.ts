import { staffRoute } from '@/lib/actions/staff';
import { verifyAudit } from '@/lib/features/audit/queries';

/** Checks the log's chain and says how far it is: one JSON object a line, the verdict last. */
export const GET = staffRoute('audit:read', async (ctx) => {
  const encoder = new TextEncoder();
  const steps = verifyAudit(ctx);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await steps.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    async cancel() {
      await steps.return(undefined);
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' },
  });
});
