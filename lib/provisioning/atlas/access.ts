import 'server-only';
import { env } from '../../env';
import { NeedsOperator, NotReadyYet, type TenantTarget } from '../provider';
import { answerOf, atlas, findOf } from './client';
import { AtlasError, judge } from './errors';
import { type Intent, withProjectLock } from './projects';

const USERS = '/api/atlas/v2/groups/{groupId}/databaseUsers';
const USER = '/api/atlas/v2/groups/{groupId}/databaseUsers/{databaseName}/{username}';
const LIST = '/api/atlas/v2/groups/{groupId}/accessList';
const STATUS = '/api/atlas/v2/groups/{groupId}/accessList/{entryValue}/status';
const CLUSTER_STATUS = '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/status';
const SOON_MS = 5_000;

const bodyOf = (groupId: string, intent: Intent, target: TenantTarget) => ({
  databaseName: 'admin' as const,
  groupId,
  username: target.username,
  password: target.password,
  roles: [{ roleName: 'readWrite' as const, databaseName: target.databaseName }],
  // Without a scope the user would be one of every cluster of the project.
  scopes: [{ name: intent.name, type: 'CLUSTER' as const }],
  labels: [{ key: 'organization', value: intent.organizationId }],
});

/**
 * Makes the database user; it may exist before its cluster does, which saves minutes.
 * @returns whether it was there.
 */
export async function ensureAtlasUser(
  groupId: string,
  intent: Intent,
  target: TenantTarget,
): Promise<boolean> {
  const path = { groupId, databaseName: 'admin' as const, username: target.username };
  if (await findOf(atlas().GET(USER, { params: { path } }))) return true;
  try {
    await answerOf(
      atlas().POST(USERS, { params: { path: { groupId } }, body: bodyOf(groupId, intent, target) }),
    );
    return false;
  } catch (error) {
    if (!(error instanceof AtlasError) || judge(error).kind !== 'adopt') throw error;
    return true;
  }
}

/** Gives the user the stored password and exactly our roles and scope. */
export async function resetAtlasUser(groupId: string, intent: Intent, target: TenantTarget): Promise<void> {
  const path = { groupId, databaseName: 'admin' as const, username: target.username };
  await answerOf(atlas().PATCH(USER, { params: { path }, body: bodyOf(groupId, intent, target) }));
}

export async function deleteAtlasUser(groupId: string, username: string): Promise<void> {
  const path = { groupId, databaseName: 'admin' as const, username };
  await findOf(atlas().DELETE(USER, { params: { path } }));
}

/** @throws NotReadyYet until what was asked of users has reached the cluster. Flex has no such status. */
export async function assertApplied(groupId: string, intent: Intent): Promise<void> {
  if (intent.tier === 'flex') return;
  const params = { path: { groupId, clusterName: intent.name } };
  const { changeStatus } = await answerOf(atlas().GET(CLUSTER_STATUS, { params }));
  if (changeStatus !== 'APPLIED') throw new NotReadyYet('Atlas is applying the database user', SOON_MS);
}

/** Lets our own addresses in, and nobody else's. @throws NotReadyYet until Atlas says that each is active. */
export async function ensureAccess(groupId: string, intent: Intent): Promise<void> {
  const wanted = env().ATLAS_ACCESS_CIDRS;
  const params = { path: { groupId } };
  const isListed = async () => {
    const { results = [] } = await answerOf(atlas().GET(LIST, { params }));
    const listed = new Set(results.map(({ cidrBlock }) => cidrBlock));
    return wanted.filter((cidr) => !listed.has(cidr));
  };
  if ((await isListed()).length > 0) {
    await withProjectLock(intent.project, async () => {
      const missing = await isListed();
      const body = missing.map((cidrBlock) => ({ cidrBlock, comment: 'Chakravue application' }));
      if (body.length > 0) await answerOf(atlas().POST(LIST, { params, body }));
    });
  }
  for (const entryValue of wanted) {
    const { STATUS: status } = await answerOf(
      atlas().GET(STATUS, { params: { path: { groupId, entryValue } } }),
    );
    if (status === 'FAILED') throw new NeedsOperator(`Atlas could not let ${entryValue} in.`);
    if (status !== 'ACTIVE') throw new NotReadyYet('Atlas is opening its access list', SOON_MS);
  }
}
