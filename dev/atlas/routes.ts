import { setTimeout as delay } from 'node:timers/promises';
import { type Call, type Context, clusterOf, field, keyOf, listOf, projectOf, tagsOf, text } from './call';
import { listSnapshots, takeSnapshot } from './snapshots';
import { AtlasFailure, type Cluster, type DatabaseUser, type Project, type Tag, type World } from './world';

type Route = { status: number; run: (context: Context, call: Call) => unknown };

function view({ world, address }: Context, cluster: Cluster) {
  const isReady = world.now >= cluster.readyAt;
  const stateName = cluster.deletedAt !== null ? 'DELETING' : isReady ? 'IDLE' : 'CREATING';
  return {
    ...cluster.request,
    id: cluster.id,
    groupId: cluster.groupId,
    name: cluster.name,
    tags: cluster.tags,
    createDate: cluster.createDate,
    mongoDBVersion: '8.0.3',
    terminationProtectionEnabled: cluster.isProtected,
    connectionStrings: isReady ? { standard: address, standardSrv: 'mongodb+srv://local.invalid' } : {},
    stateName,
  };
}

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9-]*$/;

function createCluster(context: Context, call: Call, family: Cluster['family']) {
  const { world } = context;
  const project = projectOf(context, call);
  const name = text(call.body, 'name');
  const prefix = name.slice(0, 23);
  if (!NAME.test(name) || name.length > 64)
    throw new AtlasFailure(400, 'CLUSTER_NAME_INVALID', `The name ${name} is not allowed.`);
  if (/^atlas-[a-z0-9]{6}$/.test(name))
    throw new AtlasFailure(400, 'ATLAS_RESERVED_CLUSTER_NAME', `The name ${name} is reserved.`);
  if (prefix.endsWith('-'))
    throw new AtlasFailure(400, 'CLUSTER_NAME_PREFIX_INVALID', `The prefix ${prefix} ends with a hyphen.`);
  if ((world.resting.get(keyOf(project.id, name)) ?? 0) > world.now)
    throw new AtlasFailure(409, 'CONTAINER_WAITING_FOR_FAST_RECORD_CLEAN_UP', 'The name was used lately.');
  const siblings = world.clustersOf(project.id);
  if (siblings.some((one) => one.name === name))
    throw new AtlasFailure(
      400,
      'DUPLICATE_CLUSTER_NAME',
      `A cluster or serverless instance named ${name} is already present in group ${project.id}.`,
    );
  if (siblings.some((one) => one.name.slice(0, 23) === prefix))
    throw new AtlasFailure(400, 'DUPLICATE_CLUSTER_NAME_PREFIX', `The prefix ${prefix} is in use.`);
  if (siblings.length >= context.clustersPerProject)
    throw new AtlasFailure(403, 'CLUSTERS_PER_GROUP_LIMIT_EXCEEDED', 'The project holds no more clusters.');
  const cluster: Cluster = {
    id: world.id(),
    groupId: project.id,
    name,
    family,
    tags: tagsOf(call.body),
    request: call.body as Record<string, unknown>,
    readyAt: world.now + context.creationMs,
    deletedAt: null,
    isProtected: field(call.body, 'terminationProtectionEnabled') === true,
    pendingPolls: 2,
    createDate: world.at(),
    snapshots: [],
  };
  world.clusters.set(keyOf(project.id, name), cluster);
  return view(context, cluster);
}

function patchCluster(context: Context, call: Call, family: Cluster['family']) {
  const cluster = clusterOf(context, call, family);
  const isProtected = field(call.body, 'terminationProtectionEnabled');
  if (typeof isProtected === 'boolean') cluster.isProtected = isProtected;
  return view(context, cluster);
}

async function deleteCluster(context: Context, call: Call, family: Cluster['family']) {
  const { world, local } = context;
  const cluster = clusterOf(context, call, family);
  if (cluster.isProtected)
    throw new AtlasFailure(400, 'CANNOT_TERMINATE_CLUSTER_WHEN_TERMINATION_PROTECTION_ENABLED', 'Protected.');
  if (cluster.deletedAt !== null)
    throw new AtlasFailure(400, 'CLUSTER_ALREADY_REQUESTED_DELETION', 'It is being deleted.');
  cluster.deletedAt = world.now + 60_000;
  for (const user of world.users.values())
    if (user.scopes.some(({ name }) => name === cluster.name)) await local?.dropDatabases(user);
  return {};
}

const userKey = (groupId: string, username: string): string => `${groupId}/${username}`;
function userOf(context: Context, call: Call): DatabaseUser {
  const username = call.params.username ?? '';
  const user = context.world.users.get(userKey(projectOf(context, call).id, username));
  if (!user) throw new AtlasFailure(404, 'USERNAME_NOT_FOUND', `No user with username ${username} exists.`);
  return user;
}

async function putUser(context: Context, call: Call, known: DatabaseUser | null) {
  const { world, local } = context;
  const project = projectOf(context, call);
  const username = known?.username ?? text(call.body, 'username');
  if (known && text(call.body, 'username') !== username)
    throw new AtlasFailure(409, 'DATABASE_USERNAME_CANNOT_BE_CHANGED', 'The name of a user stays.');
  if (!known && world.users.has(userKey(project.id, username)))
    throw new AtlasFailure(409, 'USER_ALREADY_EXISTS', `A user named ${username} exists.`);
  const mine = [...world.users.values()].filter(({ groupId }) => groupId === project.id);
  if (!known && mine.length >= 100)
    throw new AtlasFailure(403, 'GROUP_USERS_LIMIT_EXCEEDED', 'The project has 100 users.');
  const user: DatabaseUser = {
    groupId: project.id,
    username,
    databaseName: text(call.body, 'databaseName'),
    roles: (field(call.body, 'roles') ?? []) as DatabaseUser['roles'],
    scopes: (field(call.body, 'scopes') ?? []) as DatabaseUser['scopes'],
    labels: (field(call.body, 'labels') ?? []) as Tag[],
  };
  const password = field(call.body, 'password');
  await local?.put(user, typeof password === 'string' ? password : undefined);
  world.users.set(userKey(project.id, username), user);
  for (const cluster of world.clustersOf(project.id)) cluster.pendingPolls = 2;
  return user;
}

async function addEntries(context: Context, call: Call) {
  const { world } = context;
  const project = projectOf(context, call);
  if (project.isListBusy)
    throw new AtlasFailure(409, 'CONCURRENT_ACCESS_LIST_REQUEST', 'Another request changes the access list.');
  const rows = call.body as { cidrBlock: string; comment?: string }[];
  if (project.entries.size + rows.length > 200)
    throw new AtlasFailure(403, 'ATLAS_NETWORK_PERMISSIONS_LIMIT_EXCEEDED', 'The list has 200 entries.');
  project.isListBusy = true;
  await delay(5);
  project.isListBusy = false;
  for (const row of rows) project.entries.set(row.cidrBlock, { ...row, activeAt: world.now + 10_000 });
  return listOf([...project.entries.values()].map(({ cidrBlock }) => ({ cidrBlock })));
}

const viewProject = (world: World, project: Project) => ({
  id: project.id,
  name: project.name,
  orgId: project.orgId,
  tags: project.tags,
  created: project.created,
  clusterCount: world.clustersOf(project.id).length,
});

function createProject({ world }: Context, { body }: Call) {
  const name = text(body, 'name');
  if ([...world.projects.values()].some((project) => project.name === name))
    throw new AtlasFailure(409, 'GROUP_ALREADY_EXISTS', `A group named ${name} exists.`);
  if (world.projects.size >= 250)
    throw new AtlasFailure(400, 'MAX_GROUPS_PER_ORG_EXCEEDED', 'The organization has 250 groups.');
  const project: Project = {
    id: world.id(),
    name,
    orgId: text(body, 'orgId'),
    tags: tagsOf(body),
    created: world.at(),
    entries: new Map(),
    isListBusy: false,
  };
  world.projects.set(project.id, project);
  return viewProject(world, project);
}

/** By method and path of the specification. */
export const ROUTES: Readonly<Record<string, Route>> = {
  'GET /groups': {
    status: 200,
    run: ({ world }) => listOf([...world.projects.values()].map((one) => viewProject(world, one))),
  },
  'POST /groups': { status: 200, run: createProject },
  'POST /groups/{groupId}/clusters': { status: 201, run: (c, call) => createCluster(c, call, 'dedicated') },
  'GET /groups/{groupId}/clusters/{clusterName}': {
    status: 200,
    run: (c, call) => view(c, clusterOf(c, call, 'dedicated')),
  },
  'PATCH /groups/{groupId}/clusters/{clusterName}': {
    status: 200,
    run: (c, call) => patchCluster(c, call, 'dedicated'),
  },
  'DELETE /groups/{groupId}/clusters/{clusterName}': {
    status: 202,
    run: (c, call) => deleteCluster(c, call, 'dedicated'),
  },
  'GET /groups/{groupId}/clusters/{clusterName}/status': {
    status: 200,
    run: (c, call) => {
      const cluster = clusterOf(c, call, 'dedicated');
      return { changeStatus: cluster.pendingPolls-- > 0 ? 'PENDING' : 'APPLIED' };
    },
  },
  'GET /groups/{groupId}/clusters/{clusterName}/backup/snapshots': { status: 200, run: listSnapshots },
  'POST /groups/{groupId}/clusters/{clusterName}/backup/snapshots': { status: 200, run: takeSnapshot },
  'POST /groups/{groupId}/flexClusters': { status: 201, run: (c, call) => createCluster(c, call, 'flex') },
  'GET /groups/{groupId}/flexClusters/{name}': {
    status: 200,
    run: (c, call) => view(c, clusterOf(c, call, 'flex')),
  },
  'PATCH /groups/{groupId}/flexClusters/{name}': {
    status: 200,
    run: (c, call) => patchCluster(c, call, 'flex'),
  },
  'DELETE /groups/{groupId}/flexClusters/{name}': {
    status: 204,
    run: (c, call) => deleteCluster(c, call, 'flex'),
  },
  'POST /groups/{groupId}/databaseUsers': { status: 201, run: (c, call) => putUser(c, call, null) },
  'GET /groups/{groupId}/databaseUsers/{databaseName}/{username}': { status: 200, run: userOf },
  'PATCH /groups/{groupId}/databaseUsers/{databaseName}/{username}': {
    status: 200,
    run: (c, call) => putUser(c, call, userOf(c, call)),
  },
  'DELETE /groups/{groupId}/databaseUsers/{databaseName}/{username}': {
    status: 204,
    run: async (c, call) => {
      const user = userOf(c, call);
      await c.local?.drop(user.username);
      c.world.users.delete(userKey(user.groupId, user.username));
    },
  },
  'GET /groups/{groupId}/accessList': {
    status: 200,
    run: (c, call) =>
      listOf(
        [...projectOf(c, call).entries.values()].map(({ cidrBlock, comment }) => ({ cidrBlock, comment })),
      ),
  },
  'POST /groups/{groupId}/accessList': { status: 200, run: addEntries },
  'GET /groups/{groupId}/accessList/{entryValue}/status': {
    status: 200,
    run: (c, call) => {
      const entry = projectOf(c, call).entries.get(call.params.entryValue ?? '');
      if (!entry) throw new AtlasFailure(404, 'ATLAS_NETWORK_PERMISSION_ENTRY_NOT_FOUND', 'No such entry.');
      return { STATUS: c.world.now >= entry.activeAt ? 'ACTIVE' : 'PENDING' };
    },
  },
};
