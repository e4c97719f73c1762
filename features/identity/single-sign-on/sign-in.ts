import 'server-only';
import {
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { z } from 'zod';
import { recordAudit } from '@/lib/audit/record';
import type { RequestFacts } from '@/lib/auth/request';
import { methodsOf, signChallenge } from '@/lib/auth/second-factor';
import { admit, type SignedIn, SignInRefused, takeAddressPoint } from '@/lib/auth/sign-in';
import { openPlatformSecret, sealPlatformSecret } from '@/lib/crypto/cipher';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { takePoint } from '@/lib/rate-limit/limiter';
import { safeNext } from '@/lib/safe-next';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { type Claims, findOrMakeAccount } from './accounts';
import { emailDomainModel } from './model';
import { callbackAddress, discover, isUnreachable } from './provider';
import { domainOf, findConnectionFor, findUsableConnection, type UsableConnection } from './queries';

const STATE_MINUTES = 10;
const STATE_CONTEXT = 'public|sso|state';

const stateShape = z.object({
  organizationId: z.string(),
  issuer: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  expires: z.number(),
});
type State = z.output<typeof stateShape>;

/** Kept by the browser that began, sealed: what comes back must come to the same browser. */
const sealState = (state: State): string => sealPlatformSecret(STATE_CONTEXT, JSON.stringify(state));

function openState(sealed: string | undefined, now: Date): State {
  try {
    const state = stateShape.parse(JSON.parse(openPlatformSecret(STATE_CONTEXT, sealed ?? '')));
    if (state.expires > now.getTime()) return state;
  } catch {
    // Forged, cut off, or none at all.
  }
  throw new SignInRefused('SSO_EXPIRED');
}

/**
 * Where to send somebody with this address, and what their browser has to keep meanwhile.
 * @throws AppError NOT_FOUND when the address has no provider, CONFLICT when the provider does not answer.
 */
export async function beginSingleSignOn(
  input: { email: string; next: string },
  now = new Date(),
): Promise<{ url: string; state: string }> {
  const connection = await findConnectionFor(input.email);
  if (!connection) {
    throw new AppError(
      'NOT_FOUND',
      'There is no single sign-on for this address. Sign in with your password instead.',
    );
  }
  let config: Configuration;
  try {
    config = await discover(connection);
  } catch (error) {
    logger.warn({ err: error, organizationId: connection._id.toString() }, 'identity provider unreachable');
    throw new AppError(
      'CONFLICT',
      'The sign-in page of your organization does not answer. Please try again in a minute, or tell your administrator.',
    );
  }
  const state: State = {
    organizationId: connection._id.toString(),
    issuer: connection.issuer,
    state: randomState(),
    nonce: randomNonce(),
    verifier: randomPKCECodeVerifier(),
    next: safeNext(input.next) ?? '',
    expires: now.getTime() + STATE_MINUTES * 60_000,
  };
  const url = buildAuthorizationUrl(config, {
    redirect_uri: callbackAddress(),
    scope: 'openid email profile',
    state: state.state,
    nonce: state.nonce,
    code_challenge: await calculatePKCECodeChallenge(state.verifier),
    code_challenge_method: 'S256',
    login_hint: input.email,
  });
  return { url: url.toString(), state: sealState(state) };
}

const MULTI_FACTOR_ACR: ReadonlySet<string> = new Set([
  'phr',
  'phrh',
  'https://refeds.org/profile/mfa',
  'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
]);

/** Whether the provider says that it asked for a second factor. */
const saysSecondFactor = (amr: unknown, acr: unknown): boolean =>
  (Array.isArray(amr) && amr.includes('mfa')) || (typeof acr === 'string' && MULTI_FACTOR_ACR.has(acr));

export type Finished =
  | { kind: 'in'; person: SignedIn; next: string | null }
  | { kind: 'second-step'; challenge: string; methods: string; next: string | null };

/**
 * What comes back from the provider, once.
 * @param search the query of the callback, `?code=...&state=...`
 * @throws SignInRefused with the reason.
 */
export async function finishSingleSignOn(
  search: string,
  sealed: string | undefined,
  request: RequestFacts,
  now = new Date(),
): Promise<Finished> {
  if (!(await takeAddressPoint(request))) throw new SignInRefused('TOO_MANY');
  const state = openState(sealed, now);
  await takePoint('challenge.once', state.state).catch(() => {
    throw new SignInRefused('SSO_EXPIRED');
  });
  const connection = await findUsableConnection(state.organizationId);
  if (connection?.issuer !== state.issuer) throw new SignInRefused('SSO_EXPIRED');
  try {
    return await enterWith(connection, await readClaims(connection, state, search), state, request, now);
  } catch (error) {
    if (error instanceof SignInRefused) await recordRefusal(state.organizationId, error, request);
    throw error;
  }
}

type Read = Claims & { isStrong: boolean };

async function readClaims(connection: UsableConnection, state: State, search: string): Promise<Read> {
  try {
    const config = await discover(connection);
    const tokens = await authorizationCodeGrant(config, new URL(`${callbackAddress()}${search}`), {
      pkceCodeVerifier: state.verifier,
      expectedState: state.state,
      expectedNonce: state.nonce,
      idTokenExpected: true,
    });
    const token = tokens.claims();
    if (!token) throw new SignInRefused('SSO_FAILED');
    // Some providers put the address into the answer of /userinfo only.
    const profile =
      typeof token.email === 'string' ? token : await fetchUserInfo(config, tokens.access_token, token.sub);
    const email = typeof profile.email === 'string' ? profile.email.trim() : '';
    if (!z.email().max(254).safeParse(email).success) throw new SignInRefused('SSO_FAILED');
    if (profile.email_verified === false || profile.email_verified === 'false')
      throw new SignInRefused('SSO_UNVERIFIED');
    const domain = await emailDomainModel.findById(domainOf(email)).select('organizationId').lean();
    if (domain?.organizationId.toString() !== state.organizationId) throw new SignInRefused('SSO_DOMAIN');
    const given = typeof profile.name === 'string' ? profile.name.trim().slice(0, 100) : '';
    return {
      issuer: connection.issuer,
      subject: token.sub,
      email,
      name: given.length >= 2 ? given : (email.split('@')[0] ?? email),
      isStrong: connection.countsAsSecondFactor || saysSecondFactor(token.amr, token.acr),
    };
  } catch (error) {
    if (error instanceof SignInRefused) throw error;
    if (isUnreachable(error)) throw new SignInRefused('SSO_UNAVAILABLE');
    if (error instanceof AuthorizationResponseError && error.error === 'access_denied')
      throw new SignInRefused('SSO_DENIED');
    logger.warn({ err: error, organizationId: state.organizationId }, 'single sign-on was not accepted');
    throw new SignInRefused('SSO_FAILED');
  }
}

async function enterWith(
  connection: UsableConnection,
  { isStrong, ...claims }: Read,
  state: State,
  request: RequestFacts,
  now: Date,
): Promise<Finished> {
  const { organizationId } = state;
  const userId = await findOrMakeAccount(connection, claims, request.requestId, now);
  const user = await userModel.findById(objectId(userId)).lean();
  if (!user) throw new SignInRefused('SSO_NO_ACCOUNT');
  const next = safeNext(state.next);
  if (!isStrong && user.secondFactorSince) {
    return {
      kind: 'second-step',
      challenge: signChallenge(userId, now, organizationId),
      methods: (await methodsOf(userId)).join(','),
      next,
    };
  }
  const { ip, userAgent } = request;
  const person = await admit(
    user,
    { ip, userAgent },
    { method: 'single-sign-on', organizationId, isStrong },
    now,
  );
  await record(organizationId, person, request, 'ok');
  return { kind: 'in', person, next };
}

type Named = Pick<SignedIn, 'id' | 'name' | 'email' | 'role'>;

async function record(
  organizationId: string,
  person: Named,
  request: RequestFacts,
  result: 'ok' | 'refused',
  target?: string,
): Promise<void> {
  const { requestId, ip, userAgent } = request;
  const role = person.role === 'company' ? ('receptionist' as const) : person.role;
  try {
    await withTenantDatabase(organizationId, (db) =>
      recordAudit(
        {
          db,
          actor: { kind: 'staff', userId: person.id, name: person.name, email: person.email, role },
          requestId,
          request: { ip, userAgent },
        },
        { action: 'account.single-sign-on', target, result },
      ),
    );
  } catch (error) {
    logger.warn({ err: error, organizationId, requestId }, 'a sign-in is not in the audit log');
  }
}

/** The owner sees who was turned away, and why; the person is not known to us in every case. */
async function recordRefusal(
  organizationId: string,
  { problem }: SignInRefused,
  request: RequestFacts,
): Promise<void> {
  const { requestId, ip, userAgent } = request;
  try {
    await withTenantDatabase(organizationId, (db) =>
      recordAudit(
        { db, actor: { kind: 'system', name: 'single sign-on' }, requestId, request: { ip, userAgent } },
        { action: 'account.single-sign-on', target: `reason:${problem}`, result: 'refused' },
      ),
    );
  } catch (error) {
    logger.warn({ err: error, organizationId, requestId }, 'a refused sign-in is not in the audit log');
  }
}
