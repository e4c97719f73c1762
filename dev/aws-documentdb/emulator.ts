import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Failure, newFaults, openLocalServer } from '../documentdb/local-server';
import { answerXml, errorXml, type Value } from './xml';

type Cluster = {
  name: string;
  readyAt: number;
  isProtected: boolean;
  isDeleting: boolean;
  tags: Map<string, string>;
  admin: string;
};
type Instance = { name: string; cluster: string; readyAt: number; goneAt: number | null };
const DELETION_MS = 60_000;

type Options = { mongoUri: string; creationMs?: number };

const tagsIn = (form: URLSearchParams): Map<string, string> => {
  const tags = new Map<string, string>();
  for (let index = 1; form.has(`Tags.Tag.${index}.Key`); index++)
    tags.set(form.get(`Tags.Tag.${index}.Key`) ?? '', form.get(`Tags.Tag.${index}.Value`) ?? '');
  return tags;
};

/**
 * Amazon DocumentDB's management API on loopback, as far as a provisioner sees it. Every cluster is the same
 * local server, on which the cluster's administrator is made for real; time goes on by `pass`.
 */
export async function startDocumentDbEmulator({ mongoUri, creationMs = 300_000 }: Options) {
  const local = await openLocalServer(mongoUri);
  const [host = '127.0.0.1', port = '27017'] = local.host.split(':');
  const clusters = new Map<string, Cluster>();
  const instances = new Map<string, Instance>();
  const { fail, forgive, take } = newFaults();
  const calls: string[] = [];
  let now = Date.parse('2026-11-23T09:00:00Z');

  const clusterOf = (form: URLSearchParams): Cluster => {
    const name = form.get('DBClusterIdentifier') ?? '';
    const cluster = clusters.get(name);
    if (!cluster) throw new Failure(404, 'DBClusterNotFoundFault', `DBCluster ${name} not found.`);
    return cluster;
  };
  const view = ({ name, readyAt, isDeleting, isProtected }: Cluster): Value => ({
    DBClusterIdentifier: name,
    DBClusterArn: `arn:aws:rds:ap-south-1:000000000000:cluster:${name}`,
    Status: isDeleting ? 'deleting' : now >= readyAt ? 'available' : 'creating',
    Engine: 'docdb',
    DeletionProtection: isProtected,
    Endpoint: host,
    Port: port,
  });
  const viewInstance = ({ name, cluster, readyAt, goneAt }: Instance): Value => ({
    DBInstanceIdentifier: name,
    DBClusterIdentifier: cluster,
    DBInstanceStatus: goneAt !== null ? 'deleting' : now >= readyAt ? 'available' : 'creating',
  });
  const ACTIONS: Record<string, (form: URLSearchParams) => Promise<Value> | Value> = {
    async CreateDBCluster(form) {
      const name = form.get('DBClusterIdentifier') ?? '';
      if (!/^[a-z](?!.*--)[a-z0-9-]{0,61}[a-z0-9]$/.test(name))
        throw new Failure(400, 'InvalidParameterValue', 'The name is not allowed.');
      if (clusters.has(name)) throw new Failure(400, 'DBClusterAlreadyExistsFault', `${name} exists.`);
      const password = form.get('MasterUserPassword') ?? '';
      if (password.length < 8 || /[/"@]/.test(password))
        throw new Failure(400, 'InvalidParameterValue', 'The password is not allowed.');
      const cluster: Cluster = {
        name,
        readyAt: now + creationMs,
        isProtected: form.get('DeletionProtection') === 'true',
        isDeleting: false,
        tags: tagsIn(form),
        admin: form.get('MasterUsername') ?? '',
      };
      await local.addAdmin(cluster.admin, password);
      clusters.set(name, cluster);
      return { DBCluster: view(cluster) };
    },
    DescribeDBClusters: (form) => ({ DBClusters: { list: 'DBCluster', of: [view(clusterOf(form))] } }),
    ListTagsForResource(form) {
      const cluster = clusters.get(form.get('ResourceName')?.split(':').at(-1) ?? '');
      if (!cluster) throw new Failure(404, 'DBClusterNotFoundFault', 'There is no such resource.');
      return { TagList: { list: 'Tag', of: [...cluster.tags].map(([Key, Value]) => ({ Key, Value })) } };
    },
    CreateDBInstance(form) {
      const { name: cluster } = clusterOf(form);
      const name = form.get('DBInstanceIdentifier') ?? '';
      if (instances.has(name)) throw new Failure(400, 'DBInstanceAlreadyExistsFault', `${name} exists.`);
      const instance = { name, cluster, readyAt: now + creationMs, goneAt: null };
      instances.set(name, instance);
      return { DBInstance: viewInstance(instance) };
    },
    DescribeDBInstances(form) {
      const wanted = form.get('Filters.Filter.1.Values.Value.1');
      const of = [...instances.values()].filter(({ cluster }) => cluster === wanted).map(viewInstance);
      return { DBInstances: { list: 'DBInstance', of } };
    },
    DeleteDBInstance(form) {
      const instance = instances.get(form.get('DBInstanceIdentifier') ?? '');
      if (!instance) throw new Failure(404, 'DBInstanceNotFoundFault', 'There is no such instance.');
      instance.goneAt ??= now + DELETION_MS;
      return { DBInstance: viewInstance(instance) };
    },
    ModifyDBCluster(form) {
      const cluster = clusterOf(form);
      cluster.isProtected = form.get('DeletionProtection') === 'true';
      return { DBCluster: view(cluster) };
    },
    async DeleteDBCluster(form) {
      const cluster = clusterOf(form);
      if (cluster.isProtected)
        throw new Failure(400, 'InvalidParameterCombination', 'Cannot delete a protected cluster.');
      const own = [...instances.values()].filter((one) => one.cluster === cluster.name);
      if (own.length > 0)
        throw new Failure(400, 'InvalidDBClusterStateFault', 'The cluster still has instances.');
      clusters.delete(cluster.name);
      await local.dropAdmin(cluster.admin);
      await local.dropCluster(cluster.name, cluster.tags.get('organization') ?? 'nobody');
      return { DBCluster: view({ ...cluster, isDeleting: true }) };
    },
  };

  async function read(request: IncomingMessage): Promise<URLSearchParams> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    return new URLSearchParams(Buffer.concat(chunks).toString());
  }

  const server = createServer(async (request, response) => {
    const form = await read(request);
    const action = form.get('Action') ?? '';
    const reply = (status: number, body: string) =>
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    calls.push(action);
    for (const [name, { goneAt }] of instances) if (goneAt !== null && goneAt <= now) instances.delete(name);
    const fault = take(action);
    try {
      // The SDK signs; a stub cannot know the secret, but an unsigned call is our mistake.
      if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential='))
        throw new Failure(403, 'MissingAuthenticationToken', 'The request is not signed.');
      if (fault && 'code' in fault) throw new Failure(fault.status, fault.code, 'As asked for.');
      const run = ACTIONS[action];
      if (!run) throw new Failure(400, 'InvalidAction', `There is no ${action} here.`);
      const result = await run(form);
      if (fault) {
        request.socket.destroy();
        return;
      }
      reply(200, answerXml(action, result));
    } catch (error) {
      const { status, code } = error instanceof Failure ? error : { status: 500, code: 'InternalFailure' };
      reply(status, errorXml(code, error instanceof Error ? error.message : String(error)));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clusters,
    instances,
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
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type DocumentDbEmulator = Awaited<ReturnType<typeof startDocumentDbEmulator>>;
