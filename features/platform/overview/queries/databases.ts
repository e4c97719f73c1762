import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import { listWaiting } from '@/features/fleet/placement/queries';
import type { PlatformContext } from '@/lib/actions/platform';
import { isAppError } from '@/lib/errors';
import { keyset } from '@/lib/keyset';
import { logger } from '@/lib/logger';
import { cellModel } from '@/lib/master/models/cell';
import { organizationModel } from '@/lib/master/models/organization';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { op } from '@/lib/mongo';
import { type CellForecast, forecastOf, roomIn, stateOf } from '@/lib/provisioning/capacity';
import { filesPerOrganization, toFacts } from '@/lib/provisioning/cells';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';
import { PACE_DAYS } from '../policy';
import type { PageQuery } from '../schema';

/** The shared clusters, how full each is by what limits it, and whether new organizations go there. */
export async function listCells(_ctx: PlatformContext) {
  const rows = await cellModel.find({}).sort({ _id: 1 }).lean();
  const waiting = await listWaiting();
  return rows.map((row) => {
    const cell = toFacts(row);
    const prepared = waiting.filter(({ cellId }) => cellId === row._id).length;
    return {
      ...cell,
      organizations: cell.organizations - prepared,
      prepared,
      state: stateOf(cell),
      isolation: row.isolation,
      measuredAt: row.measuredAt?.toISOString() ?? null,
    };
  });
}
/** The databases behind the pace, also of demos, which take room too; apart, to ask how they are found. */
export const findMade = (now: Date) =>
  provisioningModel.find({ finishedAt: op({ $gte: new Date(now.getTime() - PACE_DAYS * 86_400_000) }) });

/** For how long the shared cells have room, as organizations have come lately. */
export async function getForecast(_ctx: PlatformContext, now = new Date()): Promise<CellForecast> {
  const [cells, came] = await Promise.all([cellModel.find({}).lean(), findMade(now).countDocuments()]);
  const files = filesPerOrganization();
  return forecastOf(
    cells.map((row) => roomIn(toFacts(row), files)),
    came,
    PACE_DAYS,
  );
}

export type CellEntry = Awaited<ReturnType<typeof listCells>>[number];

const PAGE_SIZE = 25;
const DEADLINE_MS = 2_000;

export type DatabaseHealth =
  | { isReachable: true; latencyMs: number; sizeBytes: number; documents: number; collections: number }
  | { isReachable: false; reason: string };

/**
 * Sizes and the round trip of one organization's database, or why there are none. Counts only; nothing in it
 * is read.
 * Never throws and never takes longer than two seconds.
 */
export async function inspectDatabase(
  _ctx: PlatformContext,
  organizationId: string,
): Promise<DatabaseHealth> {
  const timer = new AbortController();
  const late = delay(DEADLINE_MS, { isReachable: false, reason: 'No answer within 2 seconds' } as const, {
    signal: timer.signal,
  });
  late.catch(() => undefined);
  try {
    const stats = withTenantDatabase(organizationId, (db) => db.stats());
    const inTime = stats.then((values) => ({ isReachable: true, ...values }) as const);
    // What comes after the deadline is nobody's to handle any more.
    inTime.catch(() => undefined);
    return await Promise.race([inTime, late]);
  } catch (error) {
    if (!isAppError(error)) logger.warn({ err: error, organizationId }, 'database could not be inspected');
    return { isReachable: false, reason: isAppError(error) ? error.message : 'It refused to answer' };
  } finally {
    timer.abort();
  }
}

/**
 * Databases by their organization's name, 25 a page; `health` of each arrives when it has answered, four at a
 * time.
 */
export async function listDatabases(ctx: PlatformContext, query: PageQuery) {
  const page = keyset(
    { field: 'nameKey', kind: 'text', idKind: 'object-id', direction: 1 },
    query,
    PAGE_SIZE,
  );
  const found = await organizationModel
    .find({ 'placement.databaseName': op({ $exists: true }), ...page.filter })
    .sort(page.sort)
    .limit(page.limit)
    .select(
      'organizationName nameKey placement.provider placement.cellId placement.databaseName placement.schemaVersion',
    )
    .lean();
  const { rows, before, after } = page.toPage(found, (row) => [row.nameKey, row._id.toString()]);
  const limit = pLimit(4);
  const databases = rows.flatMap(({ _id, organizationName, placement }) =>
    placement
      ? [
          {
            id: _id.toString(),
            name: organizationName,
            provider: placement.provider,
            cellId: placement.cellId,
            databaseName: placement.databaseName,
            schemaVersion: placement.schemaVersion,
            isBehind: placement.schemaVersion < SCHEMA_VERSION,
            health: limit(() => inspectDatabase(ctx, _id.toString())),
          },
        ]
      : [],
  );
  return { databases, before, after, schemaVersion: SCHEMA_VERSION };
}
export type DatabaseEntry = Awaited<ReturnType<typeof listDatabases>>['databases'][number];
