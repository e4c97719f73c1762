import 'server-only';
import { logger } from '../logger';
import { usageDayModel } from '../master/models/usage-day';
import { usagePersonModel } from '../master/models/usage-person';
import { objectId } from '../mongo';
import { type Day, today } from '../time';

/*
 * Counts what is used without a write per request: each process adds up in memory and writes the sums every
 * half minute and at its end. A process that is killed loses what it counted since; these are figures of use,
 * not of money.
 */
const FLUSH_EVERY_MS = 30_000;

type Tally = {
  organizationId: string;
  day: Day;
  pages: number;
  calls: number;
  features: Map<string, number>;
  people: Map<string, Date>;
};

const KEY = Symbol.for('chakravue.usage');
/** The gates and the server's start are bundled apart; both must see the same sums. */
const global = globalThis as {
  [KEY]?: { tallies: Map<string, Tally>; timer: NodeJS.Timeout | null; flushing: Promise<void> };
};
function shared() {
  global[KEY] ??= { tallies: new Map(), timer: null, flushing: Promise.resolve() };
  return global[KEY];
}

/** Part of a path in the database, so it is never what somebody typed: a route's first word. */
const isFeature = (name: string): boolean => /^[a-z][a-z-]{0,39}$/.test(name);

/** Notes a page or a call of a member of staff. Never waits, never throws. */
export function countUse(
  use: { organizationId: string; userId: string; feature: string; kind: 'page' | 'call' },
  now = new Date(),
): void {
  const state = shared();
  const day = today('UTC', now);
  const key = `${use.organizationId} ${day}`;
  const tally = state.tallies.get(key) ?? {
    organizationId: use.organizationId,
    day,
    pages: 0,
    calls: 0,
    features: new Map<string, number>(),
    people: new Map<string, Date>(),
  };
  state.tallies.set(key, tally);
  tally[use.kind === 'page' ? 'pages' : 'calls']++;
  if (isFeature(use.feature)) tally.features.set(use.feature, (tally.features.get(use.feature) ?? 0) + 1);
  tally.people.set(use.userId, now);
  if (state.timer) return;
  state.timer = setTimeout(() => void flushUse(), FLUSH_EVERY_MS);
  state.timer.unref();
}

/** Writes what has been counted. What cannot be written is kept for the next time. */
export function flushUse(): Promise<void> {
  const state = shared();
  if (state.timer) clearTimeout(state.timer);
  state.timer = null;
  const tallies = [...state.tallies.values()];
  state.tallies.clear();
  state.flushing = state.flushing.then(async () => {
    for (const tally of tallies) {
      try {
        await write(tally);
      } catch (error) {
        logger.warn({ err: error, organizationId: tally.organizationId }, 'use could not be written');
        takeBack(tally);
      }
    }
  });
  return state.flushing;
}

async function write({ organizationId, day, pages, calls, features, people }: Tally): Promise<void> {
  const id = objectId(organizationId);
  // People first: written twice they are the same, sums are not.
  for (const [userId, at] of people)
    await usagePersonModel.updateOne({ organizationId: id, day, userId }, { $max: { at } }, { upsert: true });
  const sums = Object.fromEntries([...features].map(([name, count]) => [`features.${name}`, count]));
  await usageDayModel.updateOne(
    { organizationId: id, day },
    { $inc: { pages, calls, ...sums } },
    { upsert: true },
  );
}

function takeBack(tally: Tally): void {
  const { tallies } = shared();
  const key = `${tally.organizationId} ${tally.day}`;
  const newer = tallies.get(key);
  if (!newer) {
    tallies.set(key, tally);
    return;
  }
  newer.pages += tally.pages;
  newer.calls += tally.calls;
  for (const [name, count] of tally.features)
    newer.features.set(name, (newer.features.get(name) ?? 0) + count);
  for (const [userId, at] of tally.people) if (!newer.people.has(userId)) newer.people.set(userId, at);
}
