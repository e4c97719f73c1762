import 'server-only';
import { logger } from '@/lib/logger';
import { incidentModel } from '@/lib/master/models/incident';
import { op } from '@/lib/mongo';
import { readiness } from '../health/queries';
import {
  HISTORY_DAYS,
  type Impact,
  type IncidentState,
  levelsOf,
  overallOf,
  type StatusComponent,
} from './policy';

/** A flood of visitors asks the database once in this time. */
const REMEMBER_MS = 15_000;
const KEY = Symbol.for('chakravue.status');
const global = globalThis as { [KEY]?: { readAt: number; status: Promise<PublicStatus> } };

export type Incident = {
  id: string;
  title: string;
  impact: Impact;
  components: StatusComponent[];
  updates: { state: IncidentState; text: string; at: string }[];
  startedAt: string;
  resolvedAt: string | null;
};

export const forgetStatus = (): void => {
  delete global[KEY];
};

/** Open incidents, and those of the last 90 days, the newest first; apart, so that a test can ask how they are answered. */
export async function findIncidents(now: Date) {
  const since = new Date(now.getTime() - HISTORY_DAYS * 24 * 60 * 60_000);
  const incidents = await incidentModel();
  return {
    open: incidents.find({ resolvedAt: null }).sort({ startedAt: -1 }).limit(50),
    past: incidents
      .find({ startedAt: op({ $gte: since }) })
      .sort({ startedAt: -1, _id: -1 })
      .limit(100),
  };
}

async function readIncidents(now: Date): Promise<Incident[]> {
  const finds = await findIncidents(now);
  const [open, past] = await Promise.all([finds.open.lean(), finds.past.lean()]);
  const known = new Set(open.map(({ _id }) => _id.toString()));
  return [...open, ...past.filter(({ _id }) => !known.has(_id.toString()))].map((row) => ({
    id: row._id.toString(),
    title: row.title,
    impact: row.impact,
    components: row.components as StatusComponent[],
    updates: row.updates
      .map(({ state, text, at }) => ({ state, text, at: at.toISOString() }))
      .sort((a, b) => b.at.localeCompare(a.at)),
    startedAt: row.startedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
  }));
}

async function readStatus(now: Date) {
  // This page has to come when everything else does not.
  const { status } = await readiness();
  const incidents = await readIncidents(now).catch((error: unknown) => {
    logger.warn({ err: error }, 'incidents could not be read for the status page');
    return [];
  });
  const open = incidents.filter(({ resolvedAt }) => resolvedAt === null);
  const measured = status === 'ready' ? {} : ({ application: 'outage', 'sign-in': 'outage' } as const);
  const levels = levelsOf(open, measured);
  return {
    asOf: now.toISOString(),
    overall: overallOf(levels),
    levels,
    open,
    past: incidents.filter(({ resolvedAt }) => resolvedAt !== null),
  };
}
export type PublicStatus = Awaited<ReturnType<typeof readStatus>>;

/** How the product does, for everybody. Names no organization. */
export function getStatus(now = new Date()): Promise<PublicStatus> {
  const known = global[KEY];
  if (known && now.getTime() - known.readAt < REMEMBER_MS && now.getTime() >= known.readAt)
    return known.status;
  const status = readStatus(now);
  global[KEY] = { readAt: now.getTime(), status };
  return status;
}
