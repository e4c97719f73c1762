import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { forgetPage } from '@/lib/kept-page';
import { logger } from '@/lib/logger';
import { op } from '@/lib/mongo';
import { paths } from '@/lib/paths';
import { type Day, dayOf, shiftDay } from '@/lib/time';
import { type ChecksOfDay, levelNow, type MeasuredLevel, type Uptime, uptimeOf } from './measured';
import { incidentModel, statusDayModel, statusMeasurementModel } from './model';
import {
  COMPONENT_IDS,
  HISTORY_DAYS,
  type Impact,
  type IncidentState,
  type Level,
  levelsOf,
  overallOf,
  STATUS_COMPONENTS,
  type StatusComponent,
  worst,
} from './policy';
import { readiness } from './readiness';

/**
 * A flood of visitors asks the database once in this time. No longer: what another process was told of is not
 * forgotten by this one.
 */
const REMEMBER_MS = 3_000;
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
  forgetPage(paths.status);
};

/**
 * Open incidents, and those of the last 90 days, the newest first; apart, so that a test can ask how they are
 * answered.
 */
export async function findIncidents(now: Date) {
  const since = new Date(now.getTime() - HISTORY_DAYS * 24 * 60 * 60_000);
  return {
    open: incidentModel.find({ resolvedAt: null }).sort({ startedAt: -1 }).limit(50),
    past: incidentModel
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

type Row = { level: MeasuredLevel; since: Date; checkedAt: Date };
type Measured = { rows: Map<string, Row>; days: Map<StatusComponent, ChecksOfDay[]> };
const NOTHING: Measured = { rows: new Map(), days: new Map() };

/** The days that are shown; apart, so that a test can ask how they are answered. */
export async function findDays(today: Day) {
  const days = statusDayModel
    .find({ day: op({ $gt: shiftDay(today, -HISTORY_DAYS), $lte: today }) })
    .select('component day up degraded outage')
    .limit(HISTORY_DAYS * COMPONENT_IDS.length);
  return { days };
}

async function readMeasured(today: Day): Promise<Measured> {
  const [rows, days] = await Promise.all([
    statusMeasurementModel.find({}).limit(COMPONENT_IDS.length).select('level since checkedAt').lean(),
    (await findDays(today)).days.lean(),
  ]);
  return {
    rows: new Map(rows.map((row) => [row._id, row])),
    days: new Map(COMPONENT_IDS.map((id) => [id, days.filter(({ component }) => component === id)])),
  };
}

/** The parts that this process asks itself whenever the page is read. */
const ASKED_NOW: readonly StatusComponent[] = ['application', 'sign-in'];

/** What is measured of a part: `checkedAt` is null where it never was. */
export type Part = {
  id: StatusComponent;
  level: Level;
  checkedAt: string | null;
  /** Since when it is measured as slow, broken or away; null while it is not. */
  since: string | null;
  isStale: boolean;
  uptime: Uptime;
};

/** What is read gives way rather than the page: it has to come when everything else does not. */
const orElse = async <T>(read: Promise<T>, fallback: T, what: string): Promise<T> =>
  read.catch((error: unknown) => {
    logger.warn({ err: error }, `${what} could not be read for the status page`);
    return fallback;
  });

async function readStatus(now: Date) {
  const today = dayOf(now, 'UTC');
  const { status } = await readiness();
  const [incidents, measured] = await Promise.all([
    orElse(readIncidents(now), [], 'incidents'),
    orElse(readMeasured(today), NOTHING, 'measurements'),
  ]);
  const unresolved = incidents.filter(({ resolvedAt }) => resolvedAt === null);
  const open = unresolved.filter(({ startedAt }) => startedAt <= now.toISOString());
  const live = status === 'ready' ? 'up' : 'outage';
  const measuredLevel = (id: StatusComponent): Level => {
    const level = levelNow(measured.rows.get(id) ?? null, now);
    if (!ASKED_NOW.includes(id)) return level;
    return level === 'unknown' ? live : worst(level, live);
  };
  const found = Object.fromEntries(COMPONENT_IDS.map((id) => [id, measuredLevel(id)]));
  const levels = levelsOf(open, found);
  const parts = COMPONENT_IDS.map((id): Part => {
    const row = measured.rows.get(id);
    return {
      id,
      level: levels[id],
      checkedAt: ASKED_NOW.includes(id) ? now.toISOString() : (row?.checkedAt.toISOString() ?? null),
      since: row && row.level !== 'up' && levelNow(row, now) === row.level ? row.since.toISOString() : null,
      isStale: found[id] === 'unknown',
      uptime: uptimeOf(measured.days.get(id) ?? [], today),
    };
  });
  return {
    asOf: now.toISOString(),
    overall: overallOf(levels),
    levels,
    parts,
    open,
    /** Maintenance that has not begun, the soonest first. */
    planned: unresolved
      .filter(({ startedAt }) => startedAt > now.toISOString())
      .sort((a, b) => a.startedAt.localeCompare(b.startedAt)),
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

/** The measurements as the company sees them: also what was found last when something was wrong. */
export async function listMeasurements(_ctx: PlatformContext, now = new Date()) {
  const rows = await statusMeasurementModel.find({}).limit(COMPONENT_IDS.length).lean();
  return COMPONENT_IDS.map((id) => {
    const row = rows.find(({ _id }) => _id === id) ?? null;
    return {
      id,
      name: STATUS_COMPONENTS[id],
      level: levelNow(row, now),
      since: row?.since.toISOString() ?? null,
      checkedAt: row?.checkedAt.toISOString() ?? null,
      lastError: row?.lastError ?? null,
      lastErrorAt: row?.lastErrorAt?.toISOString() ?? null,
    };
  });
}
export type Measurement = Awaited<ReturnType<typeof listMeasurements>>[number];
