import 'server-only';
import { env } from '../../env';
import { duplicateKey } from '../../errors';
import { masterTransaction } from '../../master/connection';
import { cloudClusterModel, cloudProjectModel } from '../../master/models/cloud';
import { objectId, op } from '../../mongo';
import { NeedsOperator, NotReadyYet } from '../provider';
import { answerOf, atlas } from './client';
import { AtlasError, judge } from './errors';

/**
 * Atlas's own default bound of clusters in a project; of users it is 100, which one user per cluster never
 * reaches.
 */
const CLUSTERS_PER_PROJECT = 25;
const LOCK_MS = 30_000;
const LOCK_RETRY_MS = 2_000;

/** Our tag on everything we make; nothing without it is ever touched. */
export const OUR_TAG = { key: 'managed-by', value: 'chakravue' } as const;
type Tag = { key?: string; value?: string };
export const hasTag = (tags: readonly Tag[] | undefined, wanted: { key: string; value: string }): boolean =>
  Boolean(tags?.some(({ key, value }) => key === wanted.key && value === wanted.value));

export type Intent = {
  name: string;
  organizationId: string;
  project: string;
  tier: 'flex' | 'dedicated';
  region: number;
};

/** A project with room; the next one is begun when each is full. Two that come at once make it once. */
async function claimProject(session: import('mongoose').ClientSession): Promise<string> {
  const open = await cloudProjectModel
    .findOneAndUpdate(
      { isFull: op({ $ne: true }), clusters: op({ $lt: CLUSTERS_PER_PROJECT }) },
      { $inc: { clusters: 1 } },
      { sort: { number: 1 }, session },
    )
    .lean();
  if (open) return open._id;
  const last = await cloudProjectModel.findOne({}).sort({ number: -1 }).session(session).lean();
  const number = (last?.number ?? 0) + 1;
  const _id = `${env().ATLAS_PROJECT_PREFIX}-${number}`;
  await cloudProjectModel.create([{ _id, number, clusters: 1 }], { session });
  return _id;
}

/**
 * What we mean to make for this organization, stored before Atlas is asked.
 * @throws when the name is another's.
 */
export async function ensureIntent(name: string, organizationId: string): Promise<Intent> {
  const find = () => cloudClusterModel.findById(name).lean();
  let row = await find();
  if (!row) {
    try {
      await masterTransaction(async (session) => {
        const project = await claimProject(session);
        const tier = env().ATLAS_TIER;
        await cloudClusterModel.create(
          [{ _id: name, organizationId: objectId(organizationId), project, tier }],
          {
            session,
          },
        );
      });
    } catch (error) {
      if (!duplicateKey(error)) throw error;
    }
    row = await find();
  }
  if (!row || row.removedAt) throw new Error(`Cluster ${name} has been removed`);
  if (row.organizationId.toString() !== organizationId)
    throw new Error(`Cluster ${name} belongs to another organization`);
  return { name, organizationId, project: row.project, tier: row.tier, region: row.region };
}

/** Moves an intent whose project takes no more to another one; what was asked for there has failed. */
export async function rollOver(intent: Intent): Promise<void> {
  await masterTransaction(async (session) => {
    await cloudProjectModel.updateOne(
      { _id: intent.project },
      { $set: { isFull: true }, $inc: { clusters: -1 } },
      { session },
    );
    const project = await claimProject(session);
    await cloudClusterModel.updateOne(
      { _id: intent.name, project: intent.project },
      { $set: { project }, $unset: { requestedAt: '' } },
      { session },
    );
  });
}

/**
 * The id of the project at Atlas, made when it is not there.
 * @throws NeedsOperator when its name is somebody else's.
 */
export async function ensureProject(name: string): Promise<string> {
  const known = await cloudProjectModel.findById(name).orFail().lean();
  if (known.externalId) return known.externalId;
  const { ATLAS_ORGANIZATION_ID = '' } = env();
  let id: string | undefined;
  try {
    const body = { name, orgId: ATLAS_ORGANIZATION_ID, tags: [OUR_TAG], withDefaultAlertsSettings: true };
    id = (await answerOf(atlas().POST('/api/atlas/v2/groups', { body }))).id;
  } catch (error) {
    if (!(error instanceof AtlasError) || judge(error).kind !== 'adopt') throw error;
    id = await adoptProject(name);
  }
  await cloudProjectModel.updateOne({ _id: name }, { $set: { externalId: id } });
  if (!id) throw new Error('Atlas made a project without an id');
  return id;
}

async function adoptProject(name: string): Promise<string | undefined> {
  for (let pageNum = 1; ; pageNum++) {
    const { results = [] } = await answerOf(
      atlas().GET('/api/atlas/v2/groups', { params: { query: { pageNum, itemsPerPage: 100 } } }),
    );
    const found = results.find((project) => project.name === name);
    if (found && hasTag(found.tags, OUR_TAG)) return found.id;
    if (found)
      throw new NeedsOperator(`The Atlas project ${name} exists and is not ours. Choose another prefix.`);
    if (results.length < 100) throw new Error(`Atlas says that ${name} exists, and does not list it`);
  }
}

/** The access list of a project does not bear two writers: the second one comes back later. */
export async function withProjectLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const now = new Date();
  const taken = await cloudProjectModel.updateOne(
    { _id: name, $or: [{ lockedUntil: op({ $exists: false }) }, { lockedUntil: op({ $lt: now }) }] },
    { $set: { lockedUntil: new Date(now.getTime() + LOCK_MS) } },
  );
  if (taken.modifiedCount === 0) throw new NotReadyYet('Another step works on the project', LOCK_RETRY_MS);
  try {
    return await work();
  } finally {
    await cloudProjectModel.updateOne({ _id: name }, { $unset: { lockedUntil: '' } });
  }
}
