import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConnectionString } from 'mongodb-connection-string-url';
import type { Context } from './call';
import { openLocalUsers } from './local-users';
import { ROUTES } from './routes';
import { loadValidation } from './validate';
import { AtlasFailure, type Fault, World } from './world';

const PREFIX = '/api/atlas/v2';
const TOKENS_A_MINUTE = 50;

type Options = {
  clientId: string;
  clientSecret: string;
  /** Version of each operation, `GET /api/atlas/v2/groups`. */
  versions: Readonly<Record<string, string>>;
  /** The specification's file; bodies are not checked where it is missing. */
  specification: string;
  /** An administrator's connection string of a local server: users are then made there. */
  mongoUri?: string;
  creationMs?: number;
  clustersPerProject?: number;
  tokenSeconds?: number;
};

const patterns = Object.keys(ROUTES).map((key) => {
  const [method = '', path = ''] = key.split(' ');
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return { key, method, path, names, match: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`) };
});

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function localAddress(uri: string): string {
  const local = new ConnectionString(uri);
  local.username = '';
  local.password = '';
  local.pathname = '/';
  local.searchParams.set('authSource', 'admin');
  return local.toString();
}

/**
 * The Atlas Admin API on loopback, as far as a provisioner sees it: docs in facts of the specification, time
 * by `pass`.
 */
export async function startAtlasEmulator(options: Options) {
  const world = new World();
  const local = options.mongoUri ? await openLocalUsers(options.mongoUri) : null;
  const validate = loadValidation(options.specification);
  const context: Context = {
    world,
    local,
    address: localAddress(options.mongoUri ?? 'mongodb://127.0.0.1:1/'),
    creationMs: options.creationMs ?? 510_000,
    clustersPerProject: options.clustersPerProject ?? 25,
  };

  function giveToken(headers: IncomingMessage['headers'], body: string) {
    world.tokenRequests = world.tokenRequests.filter((at) => at > world.now - 60_000);
    if (world.tokenRequests.length >= TOKENS_A_MINUTE)
      throw new AtlasFailure(429, 'RATE_LIMITED', 'Limited to 50 requests every 1 minutes.', {}, 60);
    world.tokenRequests.push(world.now);
    const wanted = Buffer.from(`${options.clientId}:${options.clientSecret}`).toString('base64');
    const isGrant = new URLSearchParams(body).get('grant_type') === 'client_credentials';
    if (headers.authorization !== `Basic ${wanted}` || !isGrant)
      throw new AtlasFailure(401, 'INVALID_CLIENT', 'The client or its secret is wrong.');
    const token = world.id();
    const seconds = options.tokenSeconds ?? 3_600;
    world.tokens.set(token, world.now + seconds * 1_000);
    return { access_token: token, expires_in: seconds, token_type: 'Bearer' };
  }

  function checkVersion(key: string, version: string, request: IncomingMessage, hasBody: boolean): void {
    const given = /^application\/vnd\.atlas\.(\d{4}-\d{2}-\d{2})\+json$/.exec(
      request.headers.accept ?? '',
    )?.[1];
    if (!given) throw new AtlasFailure(400, 'INVALID_VERSION_DATE', `No version in Accept of ${key}.`);
    if (given < version) throw new AtlasFailure(410, 'VERSION_GONE', `Version ${given} of ${key} has ended.`);
    if (given !== version) throw new AtlasFailure(400, 'INVALID_VERSION_DATE', `${key} has no ${given}.`);
    if (hasBody && request.headers['content-type'] !== `application/vnd.atlas.${version}+json`)
      throw new AtlasFailure(415, 'UNSUPPORTED_MEDIA_TYPE', 'The body has another version.');
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://local');
    const raw = await read(request);
    const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(status === 204 ? undefined : JSON.stringify(body ?? {}));
    };
    try {
      world.settle();
      if (url.pathname === '/api/oauth/token') return send(200, giveToken(request.headers, raw));
      const bearer = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
      if ((world.tokens.get(bearer) ?? 0) <= world.now)
        throw new AtlasFailure(401, 'USER_UNAUTHORIZED', 'The token is unknown or has expired.');
      const path = url.pathname.slice(PREFIX.length);
      const found = patterns.find((one) => one.method === request.method && one.match.test(path));
      const route = found && ROUTES[found.key];
      if (!found || !route) throw new AtlasFailure(404, 'RESOURCE_NOT_FOUND', `${request.method} ${path}`);
      world.calls.push(found.key);
      const fault = world.takeFault(found.key);
      if (fault && 'status' in fault)
        throw new AtlasFailure(fault.status, fault.code, 'A fault was asked for.', {}, fault.retryAfter);
      const specified = `${PREFIX}${found.path}`;
      const version = options.versions[`${found.method} ${specified}`] ?? '';
      checkVersion(found.key, version, request, raw !== '');
      const body: unknown = raw === '' ? undefined : JSON.parse(raw);
      if (body !== undefined) validate?.(found.method, specified, version, body);
      const values = found.match.exec(path)?.slice(1) ?? [];
      const params = Object.fromEntries(
        found.names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]),
      );
      const answer = await route.run(context, { params, body, query: url.searchParams });
      if (fault) return void request.socket.destroy();
      send(route.status, answer);
    } catch (error) {
      const known =
        error instanceof AtlasFailure ? error : new AtlasFailure(500, 'UNEXPECTED_ERROR', String(error));
      const { status, code, detail, extra, retryAfter } = known;
      const headers: Record<string, string> = retryAfter ? { 'retry-after': String(retryAfter) } : {};
      send(status, { error: status, errorCode: code, detail, reason: '', parameters: [], ...extra }, headers);
    }
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    world,
    isValidating: validate !== null,
    /** Lets the emulator's clock go on. */
    pass: (milliseconds: number): void => {
      world.now += milliseconds;
    },
    fail: (fault: Fault): void => void world.faults.push(fault),
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await local?.close();
    },
  };
}
export type AtlasEmulator = Awaited<ReturnType<typeof startAtlasEmulator>>;
