import { type Call, type Context, clusterOf, field, listOf, text } from './call';
import { AtlasFailure, type Snapshot, type World } from './world';

const TAKES_MS = 90_000;
const DAY_MS = 24 * 60 * 60_000;

const iso = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

const view = ({ now }: World, { id, description, createdAt, readyAt, retentionInDays }: Snapshot) => ({
  id,
  description,
  createdAt: iso(createdAt),
  expiresAt: iso(createdAt + retentionInDays * DAY_MS),
  snapshotType: 'onDemand',
  status: now >= readyAt ? 'completed' : now > createdAt ? 'inProgress' : 'queued',
  type: 'replicaSet',
});

export const listSnapshots = (context: Context, call: Call) =>
  listOf(clusterOf(context, call, 'dedicated').snapshots.map((one) => view(context.world, one)));

export function takeSnapshot(context: Context, call: Call) {
  const { world } = context;
  const cluster = clusterOf(context, call, 'dedicated');
  if (cluster.snapshots.some(({ readyAt }) => readyAt > world.now))
    throw new AtlasFailure(409, 'UNFINISHED_ON_DEMAND_SNAPSHOT', 'Another on-demand snapshot is under way.');
  const snapshot: Snapshot = {
    id: world.id(),
    description: text(call.body, 'description'),
    createdAt: world.now,
    readyAt: world.now + TAKES_MS,
    retentionInDays: Number(field(call.body, 'retentionInDays')),
  };
  cluster.snapshots.push(snapshot);
  return view(world, snapshot);
}
