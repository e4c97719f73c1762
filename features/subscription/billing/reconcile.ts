import 'server-only';
import { randomUUID } from 'node:crypto';
import { logger } from '@/lib/logger';
import { billingDriftModel, reconciliationModel } from '@/lib/master/models/billing-drift';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId, op } from '@/lib/mongo';
import { syncSubscription } from './sync';

const FIELDS = 'status plan subscriptionId subscription features nonPayment billingAlarm expiresAt';
/** What changes with every read and says nothing about the subscription. */
const UNCOMPARED = new Set(['subscription.syncedAt']);

type Flat = Map<string, string>;

/** Every value of a row by its path, as text. */
function flatten(value: unknown, path = '', into: Flat = new Map()): Flat {
  if (value === null || value === undefined || UNCOMPARED.has(path)) return into;
  if (value instanceof Date) into.set(path, value.toISOString());
  else if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) flatten(inner, path ? `${path}.${key}` : key, into);
  } else into.set(path, String(value));
  return into;
}

export type Drift = { field: string; ours: string; stripe: string };

/** The fields in which two copies of an organization differ. */
export function driftBetween(ours: object, stripe: object): Drift[] {
  const [before, after] = [flatten(ours), flatten(stripe)];
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .filter((path) => before.get(path) !== after.get(path))
    .map((field) => ({ field, ours: before.get(field) ?? 'nothing', stripe: after.get(field) ?? 'nothing' }));
}

/**
 * Compares one organization with Stripe by letting the sync write it and looking at what that changed: what
 * is compared is exactly what is copied, and the repair is the ordinary one.
 */
export async function reconcileOrganization(organizationId: string): Promise<Drift[]> {
  const read = async () => {
    const row = await organizationModel
      .findById(objectId(organizationId))
      .select(`${FIELDS} stripeCustomerId`)
      .orFail()
      .lean();
    const { _id, stripeCustomerId, ...facts } = row;
    return { stripeCustomerId, facts };
  };
  const before = await read();
  if (!before.stripeCustomerId) return [];
  await syncSubscription(before.stripeCustomerId);
  return driftBetween(before.facts, (await read()).facts);
}

const BATCH = 100;

/**
 * The nightly job: every organization that Stripe knows, in order of id; a run that was cut off is taken up
 * again.
 */
export async function reconcileAll(now = new Date()): Promise<{ compared: number; drifted: number }> {
  const unfinished = await reconciliationModel.findOne({ finishedAt: null }).sort({ startedAt: -1 }).lean();
  const runId = unfinished?._id ?? randomUUID();
  if (!unfinished) await reconciliationModel.create({ _id: runId, startedAt: now });
  let cursor = unfinished?.cursor ?? '0'.repeat(24);
  const counts = {
    compared: unfinished?.compared ?? 0,
    drifted: unfinished?.drifted ?? 0,
    failed: unfinished?.failed ?? 0,
  };
  for (;;) {
    const rows = await organizationModel
      .find({ _id: op({ $gt: objectId(cursor) }), stripeCustomerId: op({ $type: 'string' as const }) })
      .sort({ _id: 1 })
      .limit(BATCH)
      .select('_id')
      .lean();
    for (const { _id } of rows) {
      counts.compared++;
      try {
        const found = await reconcileOrganization(_id.toString());
        if (found.length > 0) counts.drifted++;
        const at = new Date();
        await billingDriftModel.create(
          found.map((drift) => ({ ...drift, runId, organizationId: _id, isRepaired: true, at })),
        );
      } catch (error) {
        counts.failed++;
        logger.error({ err: error, organizationId: _id.toString() }, 'could not be compared with Stripe');
      }
    }
    const last = rows.at(-1);
    if (last) cursor = last._id.toString();
    const isLast = rows.length < BATCH;
    await reconciliationModel.updateOne(
      { _id: runId },
      { $set: { ...counts, cursor, ...(isLast ? { finishedAt: new Date() } : {}) } },
    );
    if (isLast) return counts;
  }
}
