import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Account, Accounts } from './accounts';
import { type ApiRoute, makeApi } from './api';
import { ApiError, KeptError } from './errors';
import { expand } from './expand';
import type { Faults } from './faults';
import { decodeForm, parse } from './form';
import { type KeysInUse, remember, replay } from './idempotency';
import { atTime, newId } from './ids';
import { type Answer, htmlAnswer, jsonAnswer, type PageRoute } from './pages/answer';
import { messagePage } from './pages/layout';
import { overviewPage } from './pages/overview';
import type { recorder } from './record';
import { matchRoute, steeringRoutes, stripeRoutes } from './routes';
import { accountInput } from './routes/accounts';
import { timeFor } from './routes/clocks';
import { hostedRoutes, notFoundPage } from './routes/hosted';
import { hostedInvoiceRoutes } from './routes/hosted-invoice';
import { portalRoutes } from './routes/portal';

const MAX_BODY_BYTES = 1_048_576;
const apiRoutes: readonly ApiRoute[] = [...stripeRoutes, ...steeringRoutes];
const pageRoutes: readonly PageRoute[] = [...hostedRoutes, ...hostedInvoiceRoutes, ...portalRoutes];

export type World = {
  accounts: Accounts;
  baseUrl: () => string;
  record: ReturnType<typeof recorder>;
  faults: Faults;
  keysInUse: KeysInUse;
};
type Call = { method: string; url: URL; body: string; headers: IncomingMessage['headers'] };

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) {
      throw new ApiError(413, {
        type: 'invalid_request_error',
        message: 'The request is larger than one megabyte.',
      });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The key in a header, as either of the two ways that Stripe takes it. */
function keyIn(header: string | undefined): string {
  const [scheme, value = ''] = (header ?? '').split(' ');
  return scheme === 'Basic' ? Buffer.from(value, 'base64').toString('utf8').replace(/:.*$/s, '') : value;
}

function readInput({ method, url, body, headers }: Call): unknown {
  const isJson = headers['content-type']?.startsWith('application/json');
  if (method === 'GET') return decodeForm(url.search);
  if (!isJson) return decodeForm([url.search.slice(1), body].filter(Boolean).join('&'));
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    throw new ApiError(400, { type: 'invalid_request_error', message: 'The body is not valid JSON.' });
  }
}

const expandPaths = (input: unknown): string[] => {
  const paths: unknown = typeof input === 'object' && input !== null && 'expand' in input ? input.expand : [];
  return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : [];
};

const errorAnswer = (error: ApiError): Answer => jsonAnswer({ error: error.body }, error.status);

/** Stripe's API with what comes between it and the app: a recording, and trouble on demand. */
async function answerApi(world: World, call: Call, requestId: string): Promise<Answer> {
  const { method, url, body, headers } = call;
  const account = world.accounts.of(keyIn(headers.authorization));
  if (url.pathname === '/_emulator/faults') {
    return jsonAnswer(method === 'POST' ? world.faults.add(readInput(call)) : world.faults.clear());
  }
  if (method === 'POST' && url.pathname === '/_emulator/accounts')
    return jsonAnswer(world.accounts.add(parse(accountInput, readInput(call))));
  if (url.pathname.startsWith('/v1/')) {
    const version = String(headers['stripe-version'] ?? '');
    world.record({ method, path: url.pathname, query: url.search.slice(1), body, version });
  }
  const key = headers['idempotency-key'];
  const giveBack = world.keysInUse.take(method === 'POST' && typeof key === 'string' ? key : null);
  try {
    const after = await world.faults.meet(method, url.pathname);
    const done = work(world, account, call, requestId);
    after();
    return done;
  } finally {
    giveBack();
  }
}

function work(world: World, account: Account, call: Call, requestId: string): Answer {
  const { store } = account;
  const found = matchRoute(apiRoutes, call.method, call.url.pathname);
  if (!found) {
    throw new ApiError(404, {
      type: 'invalid_request_error',
      message: `Unrecognized request URL (${call.method}: ${call.url.pathname}). The local Stripe emulator knows only what the product uses.`,
    });
  }
  const input = readInput(call);
  const key = call.method === 'POST' ? call.headers['idempotency-key'] : undefined;
  const keyed = typeof key === 'string' && key !== '' ? { key, endpoint: call.url.pathname, input } : null;
  return store.atomically(() => {
    const replayed = keyed && replay(store, keyed);
    if (replayed) return replayed;
    const api = makeApi(account, world.baseUrl(), {
      id: requestId,
      idempotency_key: keyed?.key ?? null,
    });
    let answer: Answer;
    try {
      answer = jsonAnswer(
        expand(
          api,
          atTime(timeFor(store, found.id, input), () =>
            found.route.handle(api, input, found.id, found.second),
          ),
          expandPaths(input),
        ),
      );
    } catch (error) {
      if (!(error instanceof KeptError)) throw error;
      answer = errorAnswer(error);
    }
    return keyed ? remember(store, keyed, answer, requestId) : answer;
  });
}

function answerPage(world: World, call: Call): Answer {
  if (call.url.pathname === '/') {
    const wanted = call.url.searchParams.get('account');
    const { all, main } = world.accounts;
    return htmlAnswer(overviewPage(all.find(({ facts }) => facts.id === wanted) ?? main, all));
  }
  const found = matchRoute(pageRoutes, call.method, call.url.pathname);
  if (!found) return notFoundPage();
  const form = call.method === 'GET' ? call.url.searchParams : new URLSearchParams(call.body);
  const account = world.accounts.holding(found.id);
  const { store } = account;
  const api = makeApi(account, world.baseUrl());
  return store.atomically(() =>
    atTime(timeFor(store, found.id, null), () => found.route.handle(api, form, found.id)),
  );
}

async function answer(world: World, request: IncomingMessage, requestId: string): Promise<Answer> {
  const { method = 'GET', headers } = request;
  // Not as a relative address: `//` would be read as a host.
  const address = `http://local${request.url?.startsWith('/') ? request.url : '/'}`;
  if (!URL.canParse(address)) return notFoundPage();
  const url = new URL(address);
  if (url.pathname === '/_emulator/health') return jsonAnswer({ status: 'ok', product: 'stripe-emulator' });
  const isApi = url.pathname.startsWith('/v1/') || url.pathname.startsWith('/_emulator/');
  try {
    const call: Call = { method, url, headers, body: await readBody(request) };
    return isApi ? await answerApi(world, call, requestId) : answerPage(world, call);
  } catch (error) {
    if (error instanceof ApiError) {
      return isApi
        ? errorAnswer(error)
        : htmlAnswer(messagePage('That did not work', error.message), error.status);
    }
    const isHungUp = error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
    if (!isHungUp)
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    const failure = new ApiError(500, {
      type: 'api_error',
      message: `The emulator failed; its log has ${requestId}.`,
    });
    return isApi
      ? errorAnswer(failure)
      : htmlAnswer(messagePage('Something went wrong', failure.message), 500);
  }
}

/** The listener for node:http. `onChange` runs after each answered request. */
export const makeListener =
  (world: World, onChange: () => void) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const requestId = newId('req', 14);
    void answer(world, request, requestId).then(({ status, headers, body }) => {
      // The rest of a refused upload is not read, so the connection cannot be used again.
      const closes = request.complete ? {} : { connection: 'close' };
      response.writeHead(status, { 'request-id': requestId, ...closes, ...headers });
      response.end(request.method === 'HEAD' ? undefined : body);
      onChange();
    });
  };
