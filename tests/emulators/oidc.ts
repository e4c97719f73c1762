import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export type ProviderPerson = {
  email: string;
  email_verified?: boolean;
  name?: string;
  amr?: string[];
};

/**
 * A real OpenID provider on loopback, whose people sign in without being asked: who is `signedIn` there comes
 * back.
 */
export async function startProvider(redirectUri: string) {
  const people = new Map<string, ProviderPerson>();
  const state = { signedIn: '', isDenying: false };
  let provider: Provider | undefined;
  const server = createServer((request, response) => {
    if (!provider) return void response.writeHead(503).end();
    if (!request.url?.startsWith('/interaction/')) return void provider.callback()(request, response);
    const amr = people.get(state.signedIn)?.amr;
    const login = { accountId: state.signedIn, ...(amr ? { amr } : {}) };
    const result = state.isDenying ? { error: 'access_denied' } : { login };
    void provider
      .interactionFinished(request, response, result, { mergeWithLastSubmission: false })
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { id: 'chakravue', secret: 'a secret of the client, kept by both' };
  provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    cookies: { keys: ['only for tests'] },
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    ttl: { AccessToken: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    pkce: { required: () => true },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub, ...people.get(sub) }) }),
    loadExistingGrant: async (ctx) => {
      const { client: asking, session } = ctx.oidc;
      if (!asking || !session?.accountId) return undefined;
      const grant = new ctx.oidc.provider.Grant({
        clientId: asking.clientId,
        accountId: session.accountId,
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });

  /**
   * What a browser does from the address we send it to until it is sent back.
   * @returns the query of our callback.
   */
  async function visit(start: string): Promise<string> {
    const jar = new Map<string, string>();
    let address = start;
    for (let hops = 0; hops < 8; hops++) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(address, { redirect: 'manual', headers: cookie ? { cookie } : {} });
      for (const set of answer.headers.getSetCookie()) {
        const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
        jar.set(name, value);
      }
      const next = answer.headers.get('location');
      if (!next) throw new Error(`The provider stays at ${address}: ${answer.status} ${await answer.text()}`);
      address = new URL(next, address).toString();
      if (address.startsWith(redirectUri)) return new URL(address).search;
    }
    throw new Error('The provider goes in circles');
  }

  return {
    issuer,
    client,
    people,
    state,
    visit,
    stop: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
