import 'server-only';
import createClient from 'openapi-fetch';
import { env } from '../../env';
import { NeedsOperator, NotReadyYet } from '../provider';
import { AtlasError, judge } from './errors';
import type { paths } from './schema';
import { ATLAS_VERSIONS } from './versions';

type Token = { value: string; expiresAt: number };
type Holder = { token?: Token | undefined; flight?: Promise<Token> | undefined };
const KEY = Symbol.for('chakravue.atlas');
const global = globalThis as { [key: symbol]: Holder | undefined };
global[KEY] ??= {};
const holder: Holder = global[KEY];

/** The token endpoint admits 50 calls a minute, so a token is kept until five minutes before its end. */
const EARLY_MS = 5 * 60_000;
const DEADLINE_MS = 30_000;

type ErrorBody = { errorCode?: string; detail?: string; error_description?: string; error?: unknown };

function failure(status: number, body: unknown, headers: Headers): AtlasError {
  const { errorCode, detail, error, error_description } = (body ?? {}) as ErrorBody;
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  const code = errorCode ?? (error === 'invalid_client' ? 'INVALID_CLIENT' : 'UNKNOWN');
  const words = detail ?? error_description ?? 'no detail';
  return new AtlasError(status, code, words, Number.isFinite(seconds) ? seconds * 1_000 : null);
}

async function fetchToken(): Promise<Token> {
  const { ATLAS_BASE_URL, ATLAS_CLIENT_ID = '', ATLAS_CLIENT_SECRET = '' } = env();
  const credential = Buffer.from(`${ATLAS_CLIENT_ID}:${ATLAS_CLIENT_SECRET}`).toString('base64');
  const response = await fetch(`${ATLAS_BASE_URL}/api/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${credential}`, accept: 'application/json' },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw failure(response.status, body, response.headers);
  const { access_token, expires_in } = body as { access_token: string; expires_in: number };
  const lifeMs = expires_in * 1_000;
  return { value: access_token, expiresAt: Date.now() + lifeMs - Math.min(EARLY_MS, lifeMs / 2) };
}

/** One token for all who ask at the same moment. */
async function token(): Promise<string> {
  if (holder.token && holder.token.expiresAt > Date.now()) return holder.token.value;
  holder.flight ??= fetchToken().finally(() => {
    holder.flight = undefined;
  });
  holder.token = await holder.flight;
  return holder.token.value;
}

/** Forgets the token: the next call asks for a new one. */
export const forgetAtlasToken = (): void => {
  holder.token = undefined;
};

/** A client with the token and the version of each operation; types and paths are the specification's. */
export function atlas() {
  const client = createClient<paths>({
    baseUrl: env().ATLAS_BASE_URL,
    fetch: (request) => fetch(request, { signal: AbortSignal.timeout(DEADLINE_MS) }),
  });
  client.use({
    async onRequest({ request, schemaPath }) {
      const version = ATLAS_VERSIONS[`${request.method} ${schemaPath}`];
      if (!version) throw new Error(`No version is known of ${request.method} ${schemaPath}`);
      const type = `application/vnd.atlas.${version}+json`;
      request.headers.set('accept', type);
      if (request.body) request.headers.set('content-type', type);
      request.headers.set('authorization', `Bearer ${await token()}`);
      return request;
    },
    onResponse({ response }) {
      // Revoked before its time: the next call signs in again.
      if (response.status === 401) forgetAtlasToken();
    },
  });
  return client;
}

type Answer<T> = { data?: T; error?: unknown; response: Response };

/**
 * What a call answered.
 * @throws AtlasError; also for a reply that never came, whether or not the call took effect.
 */
export async function answerOf<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (cause) {
    if (cause instanceof AtlasError) throw cause;
    throw new AtlasError(0, 'UNREACHABLE', cause instanceof Error ? cause.message : String(cause));
  }
  if (!answer.response.ok) throw failure(answer.response.status, answer.error, answer.response.headers);
  return answer.data as T;
}

/** The answer, or null when there is no such thing. */
export async function findOf<T>(call: Promise<Answer<T>>): Promise<T | null> {
  try {
    return await answerOf(call);
  } catch (error) {
    if (error instanceof AtlasError && judge(error).kind === 'gone') return null;
    throw error;
  }
}

/** Turns an error that the caller has no special answer to into what the worker understands. */
export function asOutcome(error: unknown): unknown {
  if (!(error instanceof AtlasError)) return error;
  const verdict = judge(error);
  if (verdict.kind === 'later') return new NotReadyYet('Atlas asks us to wait', verdict.afterMs);
  if (verdict.kind === 'operator' || verdict.kind === 'bug') return new NeedsOperator(error.message);
  return error;
}
