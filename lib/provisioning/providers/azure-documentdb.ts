import 'server-only';
import { type MongoCluster, MongoClusterManagementClient } from '@azure/arm-mongocluster';
import { DefaultAzureCredential } from '@azure/identity';
import { ConnectionString } from 'mongodb-connection-string-url';
import { env } from '../../env';
import {
  connected,
  NeedsOperator,
  NotReadyYet,
  type Provider,
  addressOf as withoutCredential,
} from '../provider';
import { tagsOf, type VendorIntent } from '../vendors/intent';
import { ownCluster, POLL_MS } from '../vendors/own-cluster';

let client: MongoClusterManagementClient | undefined;

/** Credentials come as everywhere at Azure: environment, workload or managed identity. */
function azure(): MongoClusterManagementClient {
  const { AZURE_DOCUMENTDB_SUBSCRIPTION = '', AZURE_DOCUMENTDB_ENDPOINT } = env();
  client ??= new MongoClusterManagementClient(
    new DefaultAzureCredential(),
    AZURE_DOCUMENTDB_SUBSCRIPTION,
    AZURE_DOCUMENTDB_ENDPOINT ? { endpoint: AZURE_DOCUMENTDB_ENDPOINT } : {},
  );
  return client;
}
const group = (): string => env().AZURE_DOCUMENTDB_RESOURCE_GROUP;

type Refusal = { statusCode?: number; code?: string; message?: string; name?: string };
const refusalOf = (error: unknown): Refusal => (typeof error === 'object' && error !== null ? error : {});

async function found<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (refusalOf(error).statusCode === 404) return null;
    throw error;
  }
}

/** What an error of Azure means to the caller that waits; one that is not described here is tried again. */
async function outcome<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { statusCode = 0, code = '', message = '', name = '' } = refusalOf(error);
    const said = `Azure answered ${statusCode} ${code}: ${message}`;
    if (/Quota|NotRegistered|Disabled|NotAvailable|Unavailable.*Region/i.test(code))
      throw new NeedsOperator(said);
    // Another operation on the cluster is under way.
    if (statusCode === 409 || statusCode === 429 || statusCode === 503)
      throw new NotReadyYet('Azure asks us to wait', POLL_MS);
    if (statusCode >= 400 && statusCode < 500) throw new NeedsOperator(said);
    if (/Authentication|CredentialUnavailable/.test(name)) throw new NeedsOperator(message);
    throw error;
  }
}

function resourceOf(intent: VendorIntent): MongoCluster {
  const {
    AZURE_DOCUMENTDB_LOCATION,
    AZURE_DOCUMENTDB_TIER,
    AZURE_DOCUMENTDB_STORAGE_GB,
    AZURE_DOCUMENTDB_VERSION,
  } = env();
  return {
    location: AZURE_DOCUMENTDB_LOCATION,
    tags: tagsOf(intent.organizationId),
    properties: {
      administrator: { userName: intent.adminUsername, password: intent.adminPassword },
      serverVersion: AZURE_DOCUMENTDB_VERSION,
      compute: { tier: AZURE_DOCUMENTDB_TIER },
      storage: { sizeGb: AZURE_DOCUMENTDB_STORAGE_GB },
      sharding: { shardCount: 1 },
      highAvailability: { targetMode: env().AZURE_DOCUMENTDB_HIGH_AVAILABILITY },
      publicNetworkAccess: 'Enabled',
    },
  };
}

const findCluster = (name: string): Promise<MongoCluster | null> =>
  found(azure().mongoClusters.get(group(), name));

/** Lets our own addresses in, and nobody else's. */
async function ensureAccess(name: string): Promise<void> {
  const rules = azure().firewallRules;
  const known = new Set<string>();
  for await (const { properties } of rules.listByMongoCluster(group(), name))
    if (properties) known.add(properties.startIpAddress);
  for (const ip of env().AZURE_DOCUMENTDB_ACCESS_IPS) {
    if (known.has(ip)) continue;
    const rule = { properties: { startIpAddress: ip, endIpAddress: ip } };
    await rules.createOrUpdate(group(), name, `app-${ip.replaceAll('.', '-')}`, rule).submitted();
    throw new NotReadyYet('Azure is letting us in', POLL_MS);
  }
}

async function addressOf({ properties }: MongoCluster, { name }: VendorIntent): Promise<string> {
  const { provisioningState, connectionString } = properties ?? {};
  if (provisioningState === 'Failed') throw new NeedsOperator(`Azure could not make the cluster ${name}.`);
  if (provisioningState !== 'Succeeded' || !connectionString)
    throw new NotReadyYet('Azure is making the cluster; this takes about ten minutes', POLL_MS);
  await ensureAccess(name);
  // Placeholders stand where the credential goes, and options are in other letters.
  const uri = new ConnectionString(connectionString.replace(/\/\/[^@/]*@/, '//'));
  uri.searchParams.delete('retrywrites');
  uri.searchParams.set('retryWrites', 'false');
  return withoutCredential(uri.toString());
}

const cluster = ownCluster<MongoCluster>({
  name: 'azure-documentdb',
  label: 'Azure',
  find: findCluster,
  tagsOf: ({ tags }) => tags ?? {},
  request: async (intent) => {
    await azure().mongoClusters.createOrUpdate(group(), intent.name, resourceOf(intent)).submitted();
  },
  addressOf,
  requestRemoval: async ({ properties }, name) => {
    if (properties?.provisioningState === 'Dropping') return;
    await azure().mongoClusters.delete(group(), name).submitted();
  },
  outcome,
  // The only roles that it gives to further users; the cluster is the organization's own, and that is what
  // separates.
  roles: [
    { role: 'clusterAdmin', db: 'admin' },
    { role: 'readWriteAnyDatabase', db: 'admin' },
  ],
});

/** A cluster of the organization's own at Azure DocumentDB (once Cosmos DB for MongoDB vCore). */
export const azureDocumentDb: Provider = {
  name: 'azure-documentdb',
  capabilities: {
    // Of at most 30 seconds.
    transactions: true,
    changeStreams: false,
    collation: false,
    retryWrites: false,
    perDatabaseUsers: false,
    managesUsers: true,
    pointInTimeRestore: true,
    // 1,000 collections; an organization has about 25, each with a few indexes.
    limits: { files: null, connections: null, storageBytes: null },
  },
  ...cluster,

  async assertIsolated(target) {
    await connected(cluster.connectionString(target), async (inside) => {
      const marker = await inside
        .db(target.databaseName)
        .collection<{ _id: string; organizationId: string }>('_tenant')
        .findOne({ _id: 'self' });
      if (marker?.organizationId !== target.organizationId)
        throw new Error(`The credential of ${target.databaseName} leads elsewhere`);
    });
  },
};
