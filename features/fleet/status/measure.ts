import 'server-only';
import { duplicateKey } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { op } from '@/lib/mongo';
import { dayOf } from '@/lib/time';
import { countedAs, type MeasuredLevel, nextLevel } from './measured';
import { incidentModel, statusDayModel, statusMeasurementModel } from './model';
import { COMPONENT_IDS, HISTORY_DAYS, levelsOf, type StatusComponent } from './policy';
import { type Observation, probeAll } from './probes';

const DAY_MS = 24 * 60 * 60_000;

/**
 * Writes down what one check found.
 * @returns the level after it, or null when another process has written since: a check counts once.
 */
async function store(id: StatusComponent, found: Observation, now: Date): Promise<MeasuredLevel | null> {
  const before = await statusMeasurementModel.findById(id).lean();
  const level = nextLevel(before?.level ?? null, found.level);
  const row = {
    level,
    since: before?.level === level ? before.since : now,
    checkedAt: now,
    ...(found.error ? { lastError: found.error, lastErrorAt: now } : {}),
  };
  if (before && before.level !== level)
    logger[level === 'outage' ? 'error' : 'warn'](
      { component: id, from: before.level, to: level, found: found.error },
      'a part of the product changed its level',
    );
  if (before) {
    const written = await statusMeasurementModel.updateOne(
      { _id: id, checkedAt: before.checkedAt },
      { $set: row },
    );
    return written.matchedCount === 1 ? level : null;
  }
  try {
    await statusMeasurementModel.create({ _id: id, ...row });
    return level;
  } catch (error) {
    if (duplicateKey(error)) return null;
    throw error;
  }
}

/** The job: asks every part, keeps its level, and counts the check for its day. */
export async function measureStatus(now = new Date(), pauseMs?: number): Promise<void> {
  const found = await probeAll(now, pauseMs);
  const open = await incidentModel
    .find({ resolvedAt: null, startedAt: op({ $lte: now }) })
    .sort({ startedAt: -1 })
    .limit(50)
    .lean();
  const day = dayOf(now, 'UTC');
  for (const id of COMPONENT_IDS) {
    const measured = await store(id, found[id], now);
    if (!measured) continue;
    // What people were told counts as much as what was measured.
    const counted = countedAs(levelsOf(open, { [id]: measured })[id]);
    if (!counted) continue;
    await statusDayModel.updateOne(
      { day, component: id },
      {
        $inc: { [counted]: 1 },
        $setOnInsert: { expiresAt: new Date(now.getTime() + (HISTORY_DAYS + 1) * DAY_MS) },
      },
      { upsert: true },
    );
  }
}
