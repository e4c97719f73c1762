import { markGated } from '@/lib/actions/gated';
import { paths } from '@/lib/paths';

const REQUEST_ID = /^[0-9a-f-]{36}$/;

const WORDS = {
  unreachable: {
    title: 'Briefly unavailable',
    heading: 'We cannot reach our database right now',
    text: 'Nothing that you saved is lost. This usually passes within a minute.',
    again: paths.login,
    retryAfter: '30',
  },
  maintenance: {
    title: 'Maintenance',
    heading: 'Your database is being brought up to date',
    text: 'Nothing that you saved is lost. This takes a few minutes; if it lasts longer than an hour, tell our support.',
    again: paths.today,
    retryAfter: '120',
  },
} as const;

/**
 * The page for "the database cannot be reached" and "is being migrated": a real 503, written without anything
 * that could fail too.
 */
export const GET = markGated((request: Request) => {
  const { searchParams } = new URL(request.url);
  const id = searchParams.get('id') ?? '';
  const words = WORDS[searchParams.get('why') === 'maintenance' ? 'maintenance' : 'unreachable'];
  const reference = REQUEST_ID.test(id) ? `<p class="id">Reference: <code>${id}</code></p>` : '';
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${words.title} - Chakravue</title><style>
:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;font-family:Inter,system-ui,sans-serif;background:#f6f8f8;color:#14252a}
main{max-width:440px;padding:32px;text-align:center}h1{font-size:22px;margin:0 0 12px}p{line-height:1.55;color:#47585d;margin:0 0 12px}.id{font-size:13px}
a{display:inline-block;margin-top:12px;padding:10px 18px;border-radius:8px;background:#0f5f6f;color:#fff;text-decoration:none;font-weight:600}
@media(prefers-color-scheme:dark){body{background:#0d1618;color:#e6eef0}p{color:#a3b4b9}a{background:#5cc3d3;color:#06262c}}
</style></head><body><main><h1>${words.heading}</h1><p>${words.text}</p>${reference}<a href="${words.again}">Try again</a></main></body></html>`;
  return new Response(html, {
    status: 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'retry-after': words.retryAfter,
      'cache-control': 'no-store',
    },
  });
}, 'public');
