import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Failure, newFaults, openLocalServer } from '../documentdb/local-server';

const TOKEN = 'an emulated token';

type Cluster = {
  name: string;
  readyAt: number;
  tags: Record<string, string>;
  properties: Record<string, unknown>;
  admin: string;
  goneAt: number | null;
  rules: Map<string, unknown>;
};
const DELETION_MS = 60_000;

type Options = { mongoUri: string; creationMs?: number };
type Body = { tags?: Record<string, string>; properties?: Record<string, unknown> };

async function read(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString();
  return text ? JSON.parse(text) : {};
}

/**
 * Azure Resource Manager's mongoClusters on loopback, as far as a provisioner sees it, with the endpoint that
 * gives machines their tokens. Every cluster is the same local server, on which its administrator is made for
 * real; time goes on by `pass`.
 */
export async function startAzureEmulator({ mongoUri, creationMs = 300_000 }: Options) {
  const local = await openLocalServer(mongoUri);
  const clusters = new Map<string, Cluster>();
  const { fail, forgive, take } = newFaults();
  const calls: string[] = [];
  let now = Date.parse('2026-11-23T09:00:00Z');

  const view = ({ name, readyAt, goneAt, tags, properties }: Cluster) => {
    const { administrator: _secret, ...shown } = properties;
    const isReady = now >= readyAt;
    return {
      id: `/subscriptions/s/resourceGroups/g/providers/Microsoft.DocumentDB/mongoClusters/${name}`,
      name,
      type: 'Microsoft.DocumentDB/mongoClusters',
      location: 'centralindia',
      tags,
      properties: {
        ...shown,
        provisioningState: goneAt !== null ? 'Dropping' : isReady ? 'Succeeded' : 'InProgress',
        clusterStatus: isReady ? 'Ready' : 'Provisioning',
        connectionString: `mongodb://<user>:<password>@${local.host}/?tls=false&retrywrites=false&maxIdleTimeMS=120000`,
      },
    };
  };

  async function putCluster(name: string, body: Body) {
    const known = clusters.get(name);
    if (known) return view(known);
    if (!/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/.test(name))
      throw new Failure(400, 'InvalidResourceName', 'The name is not allowed.');
    const { userName = '', password = '' } = (body.properties?.administrator ?? {}) as Record<string, string>;
    await local.addAdmin(userName, password);
    const cluster: Cluster = {
      name,
      readyAt: now + creationMs,
      tags: body.tags ?? {},
      properties: body.properties ?? {},
      admin: userName,
      goneAt: null,
      rules: new Map(),
    };
    clusters.set(name, cluster);
    return view(cluster);
  }

  /** Removals whose time has come. */
  async function settle(): Promise<void> {
    for (const { name, goneAt, admin, tags } of clusters.values()) {
      if (goneAt === null || goneAt > now) continue;
      clusters.delete(name);
      await local.dropAdmin(admin);
      await local.dropCluster(name, tags.organization ?? 'nobody');
    }
  }

  async function answer(method: string, path: string, body: Body): Promise<[number, unknown]> {
    const [, name = '', rest = ''] =
      /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.DocumentDB\/mongoClusters\/([^/]+)(.*)$/.exec(
        path,
      ) ?? [];
    if (!name) throw new Failure(404, 'InvalidResourceType', `There is no ${path} here.`);
    if (method === 'PUT' && !rest) return [201, await putCluster(name, body)];
    const cluster = clusters.get(name);
    if (!cluster) throw new Failure(404, 'ResourceNotFound', `The cluster ${name} was not found.`);
    if (method === 'GET' && !rest) return [200, view(cluster)];
    if (method === 'DELETE' && !rest) {
      cluster.goneAt ??= now + DELETION_MS;
      return [202, undefined];
    }
    if (method === 'GET' && rest === '/firewallRules')
      return [200, { value: [...cluster.rules].map(([rule, properties]) => ({ name: rule, properties })) }];
    const [, rule] = /^\/firewallRules\/([^/]+)$/.exec(rest) ?? [];
    if (method === 'PUT' && rule) {
      cluster.rules.set(rule, body.properties);
      return [201, { name: rule, properties: body.properties }];
    }
    throw new Failure(405, 'MethodNotAllowed', `${method} is not taken here.`);
  }

  const pem = readFileSync(new URL('./loopback.pem', import.meta.url));
  const server = createServer({ key: pem, cert: pem }, async (request, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://127.0.0.1');
    const method = request.method ?? 'GET';
    const reply = (status: number, body: unknown) =>
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(body === undefined ? '' : JSON.stringify(body));
    const body = await read(request);
    calls.push(method);
    const fault = take(method);
    await settle();
    try {
      if (request.headers.authorization !== `Bearer ${TOKEN}`)
        throw new Failure(401, 'InvalidAuthenticationToken', 'The token is missing or wrong.');
      if (!searchParams.get('api-version'))
        throw new Failure(400, 'MissingApiVersionParameter', 'The api-version is missing.');
      if (fault && 'code' in fault) throw new Failure(fault.status, fault.code, 'As asked for.');
      const [status, result] = await answer(method, pathname, body);
      if (fault) {
        request.socket.destroy();
        return;
      }
      reply(status, result);
    } catch (error) {
      const { status, code } =
        error instanceof Failure ? error : { status: 500, code: 'InternalServerError' };
      const message = error instanceof Error ? error.message : String(error);
      reply(status, { error: { code, message } });
    }
  });
  /** Where a machine at Azure gets its token (App Service, api-version 2019-08-01). */
  const identity = createHttpServer((request, response) => {
    const isAllowed = request.headers['x-identity-header'] === 'emulated';
    const expires_on = String(Math.floor(Date.now() / 1_000) + 3_600);
    response
      .writeHead(isAllowed ? 200 : 401, { 'content-type': 'application/json' })
      .end(JSON.stringify({ access_token: TOKEN, expires_on, resource: 'emulated', token_type: 'Bearer' }));
  });
  const listen = (one: typeof identity | typeof server) =>
    new Promise<number>((resolve) =>
      one.listen(0, '127.0.0.1', () => resolve((one.address() as AddressInfo).port)),
    );
  return {
    url: `https://127.0.0.1:${await listen(server)}`,
    identity: { endpoint: `http://127.0.0.1:${await listen(identity)}/token`, header: 'emulated' },
    clusters,
    calls,
    fail,
    forgive,
    pass: (ms: number) => {
      now += ms;
    },
    stop: async () => {
      for (const { admin: username } of clusters.values())
        await local.dropAdmin(username).catch(() => undefined);
      await local.close();
      for (const one of [server, identity]) {
        one.closeAllConnections();
        await new Promise((resolve) => one.close(resolve));
      }
    },
  };
}
export type AzureEmulator = Awaited<ReturnType<typeof startAzureEmulator>>;
