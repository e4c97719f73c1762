import 'server-only';
import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  genericGrantRequest,
  ResponseBodyError,
} from 'openid-client';
import { isAllowedScheme, ProviderUnreachable, providerFetch } from '@/lib/auth/provider-fetch';
import { openPlatformSecret, sealPlatformSecret } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';

export type Connection = {
  _id: { toString(): string };
  issuer: string;
  clientId: string;
  clientSecret: string;
};

const contextOf = (organizationId: string): string => `${organizationId}|sso_connections|clientSecret`;
export const sealClientSecret = (organizationId: string, secret: string): string =>
  sealPlatformSecret(contextOf(organizationId), secret);
export const openClientSecret = ({ _id, clientSecret }: Connection): string =>
  openPlatformSecret(contextOf(_id.toString()), clientSecret);

/** Where the provider sends people back to; the administrator registers it there. */
export const callbackAddress = (): string => `${env().NEXTAUTH_URL}/api/auth/sso/callback`;

/** Whichever of the two usual ways the provider says it takes; the standard's own default is the header. */
const eitherWay =
  (secret: string): ClientAuth =>
  (server, client, body, headers) => {
    const takesPost = server.token_endpoint_auth_methods_supported?.includes('client_secret_post');
    return (takesPost ? ClientSecretPost(secret) : ClientSecretBasic(secret))(server, client, body, headers);
  };

/** Reads what the provider says of itself. @throws ProviderUnreachable and the library's own errors. */
export function discover(connection: Connection): Promise<Configuration> {
  const url = new URL(connection.issuer);
  if (!isAllowedScheme(url)) throw new ProviderUnreachable('only https');
  const secret = openClientSecret(connection);
  return discovery(url, connection.clientId, { client_secret: secret }, eitherWay(secret), {
    [customFetch]: providerFetch,
    timeout: 10,
    // Signatures are checked, no matter who carried the token here.
    execute: [enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [allowInsecureRequests] : [])],
  });
}

/** Whether an error means that nobody answered, as opposed to a wrong answer. */
export function isUnreachable(error: unknown): boolean {
  for (
    let cause: unknown = error, depth = 0;
    cause instanceof Error && depth < 5;
    cause = cause.cause, depth++
  ) {
    if (cause instanceof ProviderUnreachable || cause.name === 'TimeoutError') return true;
  }
  return false;
}

const unusable = (sentence: string, cause?: unknown): AppError =>
  new AppError('INVALID_INPUT', sentence, { cause });

/**
 * Asks the provider everything that can be asked without a person: who it is, what it can do, and whether it
 * knows us.
 * @throws AppError INVALID_INPUT with what to correct.
 */
export async function probe(connection: Connection): Promise<void> {
  let config: Configuration;
  try {
    config = await discover(connection);
  } catch (error) {
    if (isUnreachable(error))
      throw unusable(
        'The issuer did not answer. Check its address, and that it can be reached with https.',
        error,
      );
    throw unusable(
      'The issuer answered, but not as an OpenID provider of this address does. Check the address, letter by letter.',
      error,
    );
  }
  const server = config.serverMetadata();
  if (!server.authorization_endpoint || !server.token_endpoint || !server.jwks_uri)
    throw unusable('The issuer does not offer signing people in with a code.');
  try {
    await genericGrantRequest(config, 'authorization_code', {
      code: 'connection-test',
      redirect_uri: callbackAddress(),
      code_verifier: 'connection-test-connection-test-connection-test',
    });
  } catch (error) {
    // Our credentials were taken, and the made-up code was not: as it should be.
    if (error instanceof ResponseBodyError && error.error === 'invalid_grant') return;
    if (isUnreachable(error)) throw unusable('The issuer did not answer. Please try again.', error);
    throw unusable(
      'The issuer does not accept the client id and secret. Copy both again from your provider.',
      error,
    );
  }
  throw unusable('The issuer accepted a code that it never gave. Do not use it.');
}
