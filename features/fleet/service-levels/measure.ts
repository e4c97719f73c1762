import 'server-only';
import pLimit from 'p-limit';
import { MEASURE_EVERY_MINUTES } from '@/features/fleet/status/measured';
import { incidentModel } from '@/features/fleet/status/model';
import { failureOf } from '@/features/fleet/status/probes';
import { duplicateKey } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { quoteModel } from '@/lib/master/models/quote';
import { op } from '@/lib/mongo';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { dayOf, monthOf } from '@/lib/time';
import { serviceMonthModel } from './model';

const AT_ONCE = 8;
// A way in that failed is remembered for five seconds.
const PAUSE_MS = 6_000;
/** Less than the time between two: a check that another process has just made counts once. */
const JUST_NOW_MS = MEASURE_EVERY_MINUTES * 30_000;

/** The find behind the promises; apart, so that a test can ask how it is answered. */
export const findPromises = () =>
  quoteModel
    .find({ availability: op({ $gt: 0 }), state: 'paid' })
    .sort({ availability: 1, createdAt: 1 })
    .select('organizationId availability createdAt');

/** Who was promised how much: by the newest offer that is paid, while the organization may work. */
async function listPromised() {
  const promises = await findPromises().lean();
  if (promises.length === 0) return [];
  // A later offer without a promise ends the earlier one's.
  const quotes = await quoteModel
    .find({
      organizationId: op({ $in: promises.map(({ organizationId }) => organizationId) }),
      state: 'paid',
    })
    .sort({ createdAt: 1 })
    .select('organizationId availability createdAt')
    .lean();
  const newest = new Map(quotes.map((quote) => [quote.organizationId.toString(), quote]));
  for (const [id, { availability }] of newest) if (!availability) newest.delete(id);
  if (newest.size === 0) return [];
  const open = await organizationModel
    .find({
      _id: op({ $in: [...newest.values()].map(({ organizationId }) => organizationId) }),
      plan: 'enterprise',
      status: op({ $in: ['active', 'past_due', 'read_only'] as const }),
    })
    .select('_id')
    .lean();
  return open.map(({ _id }) => ({ _id, promised: newest.get(_id.toString())?.availability ?? 0 }));
}

/** Maintenance that people were told of three days before it began. */
async function isMaintenance(now: Date): Promise<boolean> {
  const open = await incidentModel
    .find({ resolvedAt: null, startedAt: op({ $lte: now }) })
    .sort({ startedAt: -1 })
    .limit(50)
    .lean();
  return open.some(
    ({ impact, startedAt, createdAt }) =>
      impact === 'maintenance' && startedAt.getTime() - createdAt.getTime() >= 3 * 86_400_000,
  );
}

type Check = { failed: boolean; excused: boolean };

async function count(
  { _id, promised }: Awaited<ReturnType<typeof listPromised>>[number],
  { failed, excused }: Check,
  now: Date,
): Promise<void> {
  const month = monthOf(dayOf(now, 'UTC'));
  const counted = excused ? { excused: 1 } : { checks: 1, ...(failed ? { failed: 1 } : {}) };
  try {
    await serviceMonthModel.updateOne(
      { organizationId: _id, month, checkedAt: op({ $lt: new Date(now.getTime() - JUST_NOW_MS) }) },
      { $set: { promised, checkedAt: now }, $inc: counted },
      { upsert: true },
    );
  } catch (error) {
    // The month is there, and was counted a moment ago.
    if (!duplicateKey(error)) throw error;
  }
}

/**
 * Asks each database whose availability was promised, twice before it is believed to be away, and counts it.
 * That this runs at all says that the master database answers, which the sign-in needs.
 * @returns how many were asked.
 */
export async function measureServiceLevels(now = new Date(), pauseMs = PAUSE_MS): Promise<number> {
  const promised = await listPromised();
  if (promised.length === 0) return 0;
  const excused = await isMaintenance(now);
  const limit = pLimit(AT_ONCE);
  await Promise.all(
    promised.map((one) =>
      limit(async () => {
        const ask = () => withTenantDatabase(one._id.toString(), (db) => db.ping());
        const failure = await failureOf(ask, pauseMs);
        await count(one, { failed: failure !== null, excused }, now);
      }),
    ),
  );
  return promised.length;
}
