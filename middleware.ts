import { type NextRequest, NextResponse } from 'next/server';
import { FOREIGN_ORIGIN, isOwnOrigin } from './lib/origin';
import { readSessionToken } from './lib/session-token';
import { answerHeaders, contentSecurityPolicy, newNonce, requestHeaders } from './server/front/headers.mjs';

// Next 16 calls this file convention deprecated; the product's card asks for the name. Moving is `git mv` to
// proxy.ts and renaming the export. It decides nothing: gates in pages, actions and handlers do.

const MAX_BODY_BYTES = 1024 * 1024;
/** What a form of strangers takes many times over. More is read only from people who are signed in. */
const MAX_STRANGERS_BYTES = 64 * 1024;
/** Files; the features' policies say how large, and the handlers count what really comes. */
const UPLOADS: ReadonlyMap<string, number> = new Map([
  ['/api/files', 20 * MAX_BODY_BYTES],
  ['/api/cashier/claims/papers', 20 * MAX_BODY_BYTES],
  ['/api/sales/papers', 20 * MAX_BODY_BYTES],
  ['/api/tickets/attachments', 10 * MAX_BODY_BYTES],
  ['/api/platform/tickets/attachments', 10 * MAX_BODY_BYTES],
  ['/api/platform/notes/attachments', 10 * MAX_BODY_BYTES],
]);
/** One part of a large file (features/patients/files/policy.ts). */
const PART = /^\/api\/files\/uploads\/[0-9a-f]{24}\/parts\/\d{1,3}$/;
const uploadBytes = (pathname: string): number | undefined =>
  PART.test(pathname) ? 4 * MAX_BODY_BYTES : UPLOADS.get(pathname);
/** Shown inside a page of the product: a PDF beside the patient it is of. */
const FRAMED = /^\/api\/files\/[^/]+\/view$/;
const CLINIC =
  /^\/(today|patients|appointments|queue|visits|cashier|prescriptions|glasses|contact-lenses|letters|pharmacy|medicines|stock|purchases|suppliers|reports|staff|settings|billing|audit|support|whats-new)(\/|$)/;

export async function middleware(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const requestId = crypto.randomUUID();
  if (process.env.WORKER === 'only' && !pathname.startsWith('/api/health/'))
    return refuse(404, 'This process does the jobs; it has no pages.', requestId);
  const maxBytes = uploadBytes(pathname) ?? MAX_BODY_BYTES;
  const length = Number(request.headers.get('content-length') ?? 0);
  if (length > maxBytes) {
    const limit = `${maxBytes / MAX_BODY_BYTES} MB`;
    return refuse(413, `What you sent is too large. The limit is ${limit}.`, requestId);
  }
  // A body that does not say its length would be kept in memory up to the largest limit before a handler sees
  // it.
  if (request.headers.has('transfer-encoding') && uploadBytes(pathname) === undefined)
    return refuse(411, 'Say how long it is: content-length is missing.', requestId);
  // Before a byte is read: a parser of forms needs a second for a megabyte of the worst.
  if (
    (length > MAX_STRANGERS_BYTES || request.headers.has('transfer-encoding')) &&
    !(await hasCookie(request))
  )
    return refuse(401, 'Sign in before you send something as large as this.', requestId);
  // Pages, actions and handlers alike, so that a new one is covered on the day it is born.
  if (!isOwnOrigin(request, process.env.NEXTAUTH_URL)) return refuse(403, FOREIGN_ORIGIN, requestId);

  const nonce = newNonce();
  const isFramed = FRAMED.test(pathname);
  const csp = contentSecurityPolicy(nonce, isFramed);
  const headers = new Headers(request.headers);
  for (const [name, value] of requestHeaders(requestId, pathname + search, nonce, csp))
    headers.set(name, value);

  // An action answers for itself: led away to another page, a form would lose what was typed.
  const isGuarded = CLINIC.test(pathname) && !request.headers.has('next-action');
  if (isGuarded && !(await hasCookie(request))) {
    const login = new URL('/login', request.nextUrl);
    login.searchParams.set('next', pathname + search);
    return withHeaders(NextResponse.redirect(login), requestId, csp);
  }
  const response = withHeaders(NextResponse.next({ request: { headers } }), requestId, csp);
  // Data is never kept by a cache; pages say so themselves, and an answer that says more keeps its own words.
  if (pathname.startsWith('/api/')) response.headers.set('cache-control', 'no-store');
  if (isFramed) response.headers.set('x-frame-options', 'SAMEORIGIN');
  return response;
}

function refuse(status: number, sentence: string, requestId: string): NextResponse {
  const response = new NextResponse(sentence, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
  return withHeaders(response, requestId, "default-src 'none'; frame-ancestors 'none'");
}

/** A session cookie that decodes; whether the session still holds is for the gates to say. */
const hasCookie = async ({ cookies }: NextRequest): Promise<boolean> =>
  (await readSessionToken((name) => cookies.get(name)?.value)) !== null;

function withHeaders(response: NextResponse, requestId: string, csp: string): NextResponse {
  for (const [name, value] of answerHeaders(requestId, csp)) response.headers.set(name, value);
  return response;
}

export const config = {
  runtime: 'nodejs',
  // Signed deliveries and the event streams pass untouched and count for themselves; next.config.mjs gives
  // these their headers.
  matcher: [
    {
      source: '/((?!_next/static/|api/stripe/webhook$|api/tickets/inbound$|api/queue/stream$).*)',
      // server/front/door.mjs has done it for a page whose reader has a session; nobody else can say so.
      missing: [{ type: 'header', key: 'x-door' }],
    },
  ],
};
