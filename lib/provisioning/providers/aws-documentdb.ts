import 'server-only';
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  type DBCluster,
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DocDBClient,
  DocDBServiceException,
  ListTagsForResourceCommand,
  ModifyDBClusterCommand,
} from '@aws-sdk/client-docdb';
import { env } from '../../env';
import { NeedsOperator, NotReadyYet, type Provider } from '../provider';
import { tagsOf, type VendorIntent } from '../vendors/intent';
import { ownCluster, POLL_MS } from '../vendors/own-cluster';
import { assertIsolatedBy } from '../wire';

/** A person must raise a limit, pay, or correct the account's rights or network. */
const OPERATOR =
  /Quota|NotAccessible|Subnet|SecurityGroup|StorageType|InvalidVPC|AccessDenied|Unauthorized|ExpiredToken|RequestExpired|MissingAuthenticationToken|IncompleteSignature|UnrecognizedClient|InvalidClientTokenId|SignatureDoesNotMatch|OptInRequired|AuthFailure|InvalidParameter/;
const LATER = /Throttl|RequestLimitExceeded|Insufficient|InvalidDBClusterState|InvalidDBInstanceState/;

let client: DocDBClient | undefined;

/** Credentials come as everywhere at AWS: environment, shared files, the machine's role. */
function aws(): DocDBClient {
  const { AWS_DOCUMENTDB_REGION = '', AWS_DOCUMENTDB_ENDPOINT } = env();
  client ??= new DocDBClient({
    region: AWS_DOCUMENTDB_REGION,
    ...(AWS_DOCUMENTDB_ENDPOINT ? { endpoint: AWS_DOCUMENTDB_ENDPOINT } : {}),
  });
  return client;
}

const isFault = (error: unknown, name: string): boolean =>
  error instanceof DocDBServiceException && error.name === name;

async function unless<T>(call: Promise<T>, name: string): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (isFault(error, name)) return null;
    throw error;
  }
}

/** What an error of the API means to the caller that waits; one that is not described here is tried again. */
async function outcome<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // No credentials at all is said before anything is sent.
    if (error instanceof Error && error.name === 'CredentialsProviderError')
      throw new NeedsOperator(error.message);
    if (!(error instanceof DocDBServiceException)) throw error;
    if (LATER.test(error.name)) throw new NotReadyYet('AWS asks us to wait', POLL_MS);
    if (OPERATOR.test(error.name)) throw new NeedsOperator(`AWS answered ${error.name}: ${error.message}`);
    throw error;
  }
}

async function findCluster(name: string): Promise<DBCluster | null> {
  const found = await unless(
    aws().send(new DescribeDBClustersCommand({ DBClusterIdentifier: name })),
    'DBClusterNotFoundFault',
  );
  return found?.DBClusters?.[0] ?? null;
}

async function tagsOfCluster({ DBClusterArn }: DBCluster): Promise<Record<string, string | undefined>> {
  const { TagList = [] } = await aws().send(new ListTagsForResourceCommand({ ResourceName: DBClusterArn }));
  return Object.fromEntries(TagList.map(({ Key = '', Value }) => [Key, Value]));
}

const listOfTags = (organizationId: string) =>
  Object.entries(tagsOf(organizationId)).map(([Key, Value]) => ({ Key, Value }));

async function request(intent: VendorIntent): Promise<void> {
  const {
    AWS_DOCUMENTDB_SUBNET_GROUP,
    AWS_DOCUMENTDB_SECURITY_GROUPS,
    AWS_DOCUMENTDB_ENGINE,
    BACKUP_KEEP_DAYS,
  } = env();
  await unless(
    aws().send(
      new CreateDBClusterCommand({
        DBClusterIdentifier: intent.name,
        Engine: 'docdb',
        EngineVersion: AWS_DOCUMENTDB_ENGINE,
        MasterUsername: intent.adminUsername,
        MasterUserPassword: intent.adminPassword,
        StorageEncrypted: true,
        DeletionProtection: true,
        // AWS keeps at most 35 days.
        BackupRetentionPeriod: Math.min(35, BACKUP_KEEP_DAYS),
        Tags: listOfTags(intent.organizationId),
        ...(AWS_DOCUMENTDB_SUBNET_GROUP ? { DBSubnetGroupName: AWS_DOCUMENTDB_SUBNET_GROUP } : {}),
        ...(AWS_DOCUMENTDB_SECURITY_GROUPS.length > 0
          ? { VpcSecurityGroupIds: AWS_DOCUMENTDB_SECURITY_GROUPS }
          : {}),
      }),
    ),
    // The reply to the first request was lost, or another worker was faster: whose it is, is looked at next.
    'DBClusterAlreadyExistsFault',
  );
}

async function instancesOf(name: string) {
  const { DBInstances = [] } = await aws().send(
    new DescribeDBInstancesCommand({ Filters: [{ Name: 'db-cluster-id', Values: [name] }] }),
  );
  return DBInstances;
}

async function ensureInstances(intent: VendorIntent) {
  const { AWS_DOCUMENTDB_INSTANCES, AWS_DOCUMENTDB_INSTANCE_CLASS } = env();
  const known = new Set((await instancesOf(intent.name)).map((one) => one.DBInstanceIdentifier));
  for (let number = 1; number <= AWS_DOCUMENTDB_INSTANCES; number++) {
    const DBInstanceIdentifier = `${intent.name}-i${number}`;
    if (known.has(DBInstanceIdentifier)) continue;
    await unless(
      aws().send(
        new CreateDBInstanceCommand({
          DBInstanceIdentifier,
          DBInstanceClass: AWS_DOCUMENTDB_INSTANCE_CLASS,
          Engine: 'docdb',
          DBClusterIdentifier: intent.name,
          Tags: listOfTags(intent.organizationId),
        }),
      ),
      'DBInstanceAlreadyExistsFault',
    );
  }
  return instancesOf(intent.name);
}

async function addressOf(cluster: DBCluster, intent: VendorIntent): Promise<string> {
  const instances = await ensureInstances(intent);
  const isServing = [cluster.Status, ...instances.map((one) => one.DBInstanceStatus)].every(
    (status) => status === 'available',
  );
  if (!isServing) throw new NotReadyYet('AWS is making the cluster; this takes about ten minutes', POLL_MS);
  const { AWS_DOCUMENTDB_CA_FILE } = env();
  const options = new URLSearchParams({ retryWrites: 'false' });
  if (AWS_DOCUMENTDB_CA_FILE) {
    options.set('tls', 'true');
    options.set('tlsCAFile', AWS_DOCUMENTDB_CA_FILE);
  }
  return `mongodb://${cluster.Endpoint}:${cluster.Port}/?${options}`;
}

async function requestRemoval({ Status }: DBCluster, name: string): Promise<void> {
  if (Status === 'deleting') return;
  for (const { DBInstanceIdentifier, DBInstanceStatus } of await instancesOf(name)) {
    if (DBInstanceStatus === 'deleting') continue;
    await unless(
      aws().send(new DeleteDBInstanceCommand({ DBInstanceIdentifier })),
      'DBInstanceNotFoundFault',
    );
  }
  await aws().send(
    new ModifyDBClusterCommand({
      DBClusterIdentifier: name,
      DeletionProtection: false,
      ApplyImmediately: true,
    }),
  );
  // Our own backups outlive it; a snapshot of it would outlive the retention that was promised.
  await unless(
    aws().send(new DeleteDBClusterCommand({ DBClusterIdentifier: name, SkipFinalSnapshot: true })),
    'DBClusterNotFoundFault',
  );
}

const cluster = ownCluster<DBCluster>({
  name: 'aws-documentdb',
  label: 'AWS',
  find: findCluster,
  tagsOf: tagsOfCluster,
  request,
  addressOf,
  requestRemoval,
  outcome,
});

/** A cluster of the organization's own at Amazon DocumentDB. */
export const awsDocumentDb: Provider = {
  name: 'aws-documentdb',
  capabilities: {
    transactions: true,
    // Off until switched on for each collection.
    changeStreams: false,
    // Engine 8.0 alone has it.
    collation: false,
    retryWrites: false,
    perDatabaseUsers: true,
    managesUsers: true,
    pointInTimeRestore: true,
    limits: { files: null, connections: null, storageBytes: null },
  },
  ...cluster,
  assertIsolated: assertIsolatedBy(cluster.connectionString),
};
