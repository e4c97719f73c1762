import 'server-only';
import { env } from '../../env';
import { cloudClusterModel } from '../../master/models/cloud';
import { NeedsOperator, NotReadyYet } from '../provider';
import { answerOf, atlas, findOf } from './client';
import { AtlasError, judge } from './errors';
import { hasTag, type Intent, OUR_TAG, rollOver } from './projects';

const ORGANIZATION_TAG = 'organization';
const PATH = '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}';
const FLEX_PATH = '/api/atlas/v2/groups/{groupId}/flexClusters/{name}';

/** Vendors' own tools ask no more often; a dedicated cluster takes about nine minutes. */
const POLL_MS = { flex: 10_000, dedicated: 30_000 } as const;
/** An updating or repairing cluster answers; health must not call it down. */
const SERVING: readonly (string | undefined)[] = ['IDLE', 'UPDATING', 'REPAIRING'];

type Region = { providerName: 'AWS' | 'AZURE' | 'GCP'; regionName: string };
const tagsOf = (intent: Intent) => [OUR_TAG, { key: ORGANIZATION_TAG, value: intent.organizationId }];

function dedicatedBody(intent: Intent, { providerName, regionName }: Region) {
  const { ATLAS_INSTANCE, ATLAS_MAX_INSTANCE } = env();
  return {
    name: intent.name,
    clusterType: 'REPLICASET' as const,
    backupEnabled: true,
    pitEnabled: true,
    terminationProtectionEnabled: true,
    tags: tagsOf(intent),
    replicationSpecs: [
      {
        zoneName: 'Zone 1',
        regionConfigs: [
          {
            providerName,
            regionName,
            priority: 7,
            electableSpecs: { instanceSize: ATLAS_INSTANCE, nodeCount: 3 },
            autoScaling: {
              diskGB: { enabled: true },
              compute: {
                enabled: true,
                scaleDownEnabled: true,
                minInstanceSize: ATLAS_INSTANCE,
                maxInstanceSize: ATLAS_MAX_INSTANCE,
              },
            },
          },
        ],
      },
    ],
  };
}

async function request(groupId: string, intent: Intent, region: Region): Promise<void> {
  const path = { groupId };
  if (intent.tier === 'flex') {
    const body = {
      name: intent.name,
      tags: tagsOf(intent),
      terminationProtectionEnabled: true,
      providerSettings: { backingProviderName: region.providerName, regionName: region.regionName },
    };
    await answerOf(atlas().POST('/api/atlas/v2/groups/{groupId}/flexClusters', { params: { path }, body }));
    return;
  }
  // The specification's region lists are the vendor's to extend, so they are configuration here.
  const body = dedicatedBody(intent, region) as never;
  await answerOf(atlas().POST('/api/atlas/v2/groups/{groupId}/clusters', { params: { path }, body }));
}

type Found = {
  stateName?: string | undefined;
  tags?: { key?: string; value?: string }[] | undefined;
  connectionStrings?: { standard?: string; standardSrv?: string } | undefined;
};

const findCluster = (groupId: string, intent: Pick<Intent, 'name' | 'tier'>): Promise<Found | null> =>
  intent.tier === 'flex'
    ? findOf(atlas().GET(FLEX_PATH, { params: { path: { groupId, name: intent.name } } }))
    : findOf(atlas().GET(PATH, { params: { path: { groupId, clusterName: intent.name } } }));

/** Asks for the cluster unless it is there, and takes it only when it bears our tags and we had asked. */
export async function ensureRequested(groupId: string, intent: Intent): Promise<Found> {
  let found = await findCluster(groupId, intent);
  if (!found) {
    const region = env().ATLAS_REGIONS[intent.region];
    if (!region) throw new NeedsOperator('None of the regions in ATLAS_REGIONS has capacity for a cluster.');
    await cloudClusterModel.updateOne({ _id: intent.name }, { $set: { requestedAt: new Date() } });
    try {
      await request(groupId, intent, region);
    } catch (error) {
      await recover(error, intent);
    }
    found = await findCluster(groupId, intent);
  }
  const row = await cloudClusterModel.findById(intent.name).select('requestedAt').lean();
  const isOurs =
    row?.requestedAt &&
    hasTag(found?.tags, OUR_TAG) &&
    hasTag(found?.tags, { key: ORGANIZATION_TAG, value: intent.organizationId });
  if (found && !isOurs)
    throw new NeedsOperator(`The Atlas cluster ${intent.name} exists and is not ours; it is left alone.`);
  return found ?? {};
}

async function recover(error: unknown, intent: Intent): Promise<void> {
  const kind = error instanceof AtlasError ? judge(error).kind : null;
  // Its reply was lost, or another worker was faster: whether it is ours is looked at next.
  if (kind === 'adopt') return;
  if (kind === 'next-region') {
    await cloudClusterModel.updateOne({ _id: intent.name, region: intent.region }, { $inc: { region: 1 } });
    throw new NotReadyYet('The region has no capacity; the next one is asked', 1_000);
  }
  if (kind === 'next-project') {
    await rollOver(intent);
    throw new NotReadyYet('The project is full; the next one is used', 1_000);
  }
  throw error;
}

/** The address once the cluster serves. Keyed on its state: some tiers show an address long before that. */
export function addressWhenReady(found: Found, intent: Intent): string {
  const { standard, standardSrv } = found.connectionStrings ?? {};
  const address = env().ATLAS_CONNECTION === 'srv' ? standardSrv : standard;
  if (!SERVING.includes(found.stateName) || !address) {
    const minutes = intent.tier === 'flex' ? 'a few minutes' : 'about ten minutes';
    throw new NotReadyYet(`Atlas is making the cluster; this takes ${minutes}`, POLL_MS[intent.tier]);
  }
  return address;
}

/** Asks Atlas to delete the cluster; gone already is as good. */
export async function deleteCluster(groupId: string, intent: Pick<Intent, 'name' | 'tier'>): Promise<void> {
  const unprotected = { terminationProtectionEnabled: false };
  if (intent.tier === 'flex') {
    const params = { path: { groupId, name: intent.name } };
    if (!(await findOf(atlas().PATCH(FLEX_PATH, { params, body: unprotected })))) return;
    await findOf(atlas().DELETE(FLEX_PATH, { params }));
    return;
  }
  const params = { path: { groupId, clusterName: intent.name } };
  if (!(await findOf(atlas().PATCH(PATH, { params, body: unprotected as never })))) return;
  // The backups outlive the cluster: offboarding promises a way back for its retention time.
  await findOf(atlas().DELETE(PATH, { params: { ...params, query: { retainBackups: true } } }));
}
