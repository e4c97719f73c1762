import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { framedHtml, listPage, mailPage, missingPage } from './pages';
import type { CaughtMail, MailStore } from './store';

const LOCAL = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;
const FRAME_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data: https:; style-src 'unsafe-inline'";
const pagePolicy = (nonce: string): string =>
  `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'; connect-src 'self'; frame-src 'self'; img-src data:; form-action 'self'; base-uri 'none'`;

const summary = ({ id, from, to, subject, receivedAt }: CaughtMail) => ({
  id,
  from,
  to,
  subject,
  receivedAt,
});

/**
 * The pages and the JSON of the mail catcher:
 * `GET /api/messages?to=&limit=` -> `{ messages: [{ id, from, to, subject, receivedAt }] }`, newest first;
 * `GET /api/messages/:id` -> the same with `text`, `html`, `links` and `attachments`; `DELETE /api/messages`
 * empties it.
 */
export function webServer(store: MailStore): Server {
  return createServer((request, response) => {
    answer(store, request, response).catch((error: unknown) => {
      process.stderr.write(`mail: ${error instanceof Error ? error.stack : String(error)}\n`);
      if (!response.headersSent) json(response, 500, { error: 'The mail catcher failed; its log says why.' });
      else response.destroy();
    });
  });
}

async function answer(store: MailStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Mails open accounts: a page elsewhere must not read them through a name that it points at this machine.
  if (!LOCAL.test(request.headers.host ?? ''))
    return json(response, 421, { error: 'Only this machine may ask.' });
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/$/, '') : '/';
  const route = `${request.method === 'HEAD' ? 'GET' : request.method} ${path}`;
  const nonce = randomBytes(12).toString('base64');

  if (route === 'GET /') {
    const words = (url.searchParams.get('q') ?? '').slice(0, 200);
    const mails = words ? store.search(words) : store.list();
    return html(response, 200, listPage(mails, words, store.list()[0]?.id ?? '', nonce), pagePolicy(nonce));
  }
  if (route === 'POST /delete') {
    const site = request.headers['sec-fetch-site'];
    if (site && site !== 'same-origin')
      return json(response, 403, { error: 'Only the page itself may delete.' });
    await store.clear();
    response.writeHead(303, { Location: '/' }).end();
    return;
  }
  if (route === 'GET /api/messages') {
    const found = store.list(url.searchParams.get('to') ?? undefined);
    const limit = Number(url.searchParams.get('limit') ?? '') || found.length;
    return json(response, 200, { messages: found.slice(0, limit).map(summary) });
  }
  if (route === 'DELETE /api/messages') return json(response, 200, { deleted: await store.clear() });

  const [, prefix, id, part] = /^GET \/(api\/messages|messages)\/([a-z0-9-]+)(\/html)?$/.exec(route) ?? [];
  const mail = id ? store.find(id) : undefined;
  if (prefix === 'api/messages' && !part) {
    return mail ? json(response, 200, mail) : json(response, 404, { error: 'There is no such mail.' });
  }
  if (prefix === 'messages' && mail && !part) return html(response, 200, mailPage(mail), pagePolicy(nonce));
  if (prefix === 'messages' && mail?.html && part)
    return html(response, 200, framedHtml(mail.html), FRAME_POLICY);
  if (path.startsWith('/api/')) return json(response, 404, { error: 'There is nothing here.' });
  return html(response, 404, missingPage(), pagePolicy(nonce));
}

const COMMON = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

function json(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { ...COMMON, 'Content-Type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(body));
}

function html(response: ServerResponse, status: number, body: string, policy: string): void {
  const headers = {
    ...COMMON,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy,
  };
  response.writeHead(status, headers).end(body);
}
