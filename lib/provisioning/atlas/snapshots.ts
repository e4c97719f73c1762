import 'server-only';
import { NotReadyYet, type Snapshot } from '../provider';
import { answerOf, atlas } from './client';
import type { Intent } from './projects';

const PATH = '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/snapshots';
const POLL_MS = 30_000;

/**
 * An on-demand snapshot of the cluster under our own name, which finds it again when its request's reply is
 * lost. One may be under way at a time. Flex clusters have only their own daily ones: null.
 * @throws NotReadyYet until it is completed; Error when it has failed.
 */
export async function ensureSnapshot(
  groupId: string,
  intent: Pick<Intent, 'name' | 'tier'>,
  { name, retentionDays }: { name: string; retentionDays: number },
): Promise<Snapshot | null> {
  if (intent.tier === 'flex') return null;
  const path = { groupId, clusterName: intent.name };
  const list = await answerOf(atlas().GET(PATH, { params: { path, query: { itemsPerPage: 100 } } }));
  const found = (list.results ?? []).find(({ description }) => description === name);
  if (!found) {
    const body = { description: name, retentionInDays: retentionDays };
    await answerOf(atlas().POST(PATH, { params: { path }, body }));
  }
  if (found?.status === 'failed') throw new Error(`Atlas could not take the snapshot ${name}`);
  if (found?.status !== 'completed' || !found.id)
    throw new NotReadyYet('Atlas is taking a snapshot', POLL_MS);
  return { id: found.id, expiresAt: found.expiresAt ? new Date(found.expiresAt) : null };
}
