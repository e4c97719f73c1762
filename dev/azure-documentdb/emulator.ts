import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import mongoose from 'mongoose';

const { MongoClient, MongoServerError } = mongoose.mongo;
const TOKEN = 'an emulated token';

type Cluster = {
  name: string;
  readyAt: number;
  tags: Record<string, string>;
  properties: Record<string, unknown>;
  admin: string;
  rules: Map<string, unknown>;
};
/** What happens to the next calls: an answer of Azure's, or none after the work is done. */
type Fault = { method: string; times: number } & ({ status: number; code: string } | { lostReply: true });

class Failure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

type Options = { mongoUri: string; creationMs?: number };
type Body = { tags?: Record<string, string>; properties?: Record<string, unknown> };

async function read(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString();
  return text ? JSON.parse(text) : {};
}

/**
 * Azure Resource Manager's mongoClusters on loopback, as far as a provisioner sees it, with the endpoint that gives machines
 * their tokens. Every cluster is the same local server, on which its administrator is made for real; time goes on by `pass`.
 */
export async function startAzureEmulator({ mongoUri, creationMs = 300_000 }: Options) {
  const client = await new MongoClient(mongoUri, { maxPoolSize: 2 }).connect();
  const admin = client.db('admin');
  const host = new URL(mongoUri).host;
  const clusters = new Map<string, Cluster>();
  const faults: Fault[] = [];
  const calls: string[] = [];
  let now = Date.parse('2026-11-23T09:00:00Z');

  const view = ({ name, readyAt, tags, properties }: Cluster) => {
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
        provisioningState: isReady ? 'Succeeded' : 'InProgress',
        clusterStatus: isReady ? 'Ready' : 'Provisioning',
        connectionString: `mongodb://<user>:<password>@${host}/?tls=false&retrywrites=false&maxIdleTimeMS=120000`,
      },
    };
  };

  async function putCluster(name: string, body: Body) {
    const known = clusters.get(name);
    if (known) return view(known);
    if (!/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/.test(name))
      throw new Failure(400, 'InvalidResourceName', 'The name is not allowed.');
    const { userName = '', password = '' } = (body.properties?.administrator ?? {}) as Record<string, string>;
    try {
      await admin.command({ createUser: userName, pwd: password, roles: [{ role: 'root', db: 'admin' }] });
    } catch (error) {
      if (!(error instanceof MongoServerError) || error.code !== 51003) throw error;
    }
    const cluster = {
      name,
      readyAt: now + creationMs,
      tags: body.tags ?? {},
      properties: body.properties ?? {},
      admin: userName,
      rules: new Map(),
    };
    clusters.set(name, cluster);
    return view(cluster);
  }

  /** A cluster that goes takes its databases and users along: those of the organization that its tags name. */
  async function deleteCluster({ name, tags, admin: adminName }: Cluster): Promise<void> {
    clusters.delete(name);
    await admin.command({ dropUser: adminName });
    const generation = /-(\d+)$/.exec(name.slice(`ck-${tags.organization}`.length))?.[1];
    const database = `org_${tags.organization}${generation ? `_r${generation}` : ''}`;
    const { users } = await admin.command({ usersInfo: 1 });
    for (const { user } of users as { user: string }[])
      if (user === database || user.startsWith(`${database}_`)) await admin.command({ dropUser: user });
    await client.db(database).dropDatabase();
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
      await deleteCluster(cluster);
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
    const fault = faults.find((one) => one.method === method && one.times-- > 0);
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
    fail: (fault: Fault) => faults.push(fault),
    forgive: () => faults.splice(0),
    pass: (ms: number) => {
      now += ms;
    },
    stop: async () => {
      for (const { admin: username } of clusters.values())
        await admin.command({ dropUser: username }).catch(() => undefined);
      await client.close();
      for (const one of [server, identity]) {
        one.closeAllConnections();
        await new Promise((resolve) => one.close(resolve));
      }
    },
  };
}
export type AzureEmulator = Awaited<ReturnType<typeof startAzureEmulator>>;
