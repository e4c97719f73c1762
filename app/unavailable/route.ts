import { markGated } from '@/lib/actions/gated';

const REQUEST_ID = /^[0-9a-f-]{36}$/;

/** The page for "our database cannot be reached": a real 503, written without anything that could fail too. */
export const GET = markGated((request: Request) => {
  const id = new URL(request.url).searchParams.get('id') ?? '';
  const reference = REQUEST_ID.test(id) ? `<p class="id">Reference: <code>${id}</code></p>` : '';
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Briefly unavailable - Chakravue</title><style>
:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;font-family:Inter,system-ui,sans-serif;background:#f6f8f8;color:#14252a}
main{max-width:440px;padding:32px;text-align:center}h1{font-size:22px;margin:0 0 12px}p{line-height:1.55;color:#47585d;margin:0 0 12px}.id{font-size:13px}
a{display:inline-block;margin-top:12px;padding:10px 18px;border-radius:8px;background:#0f5f6f;color:#fff;text-decoration:none;font-weight:600}
@media(prefers-color-scheme:dark){body{background:#0d1618;color:#e6eef0}p{color:#a3b4b9}a{background:#5cc3d3;color:#06262c}}
</style></head><body><main><h1>We cannot reach our database right now</h1><p>Nothing that you saved is lost. This usually passes within a minute.</p>${reference}<a href="/login">Try again</a></main></body></html>`;
  return new Response(html, {
    status: 503,
    headers: { 'content-type': 'text/html; charset=utf-8', 'retry-after': '30', 'cache-control': 'no-store' },
  });
}, 'public');
