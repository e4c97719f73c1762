import 'server-only';
import type { InferSchemaType } from 'mongoose';
import type { PlatformContext } from '@/lib/actions/platform';
import { keyset } from '@/lib/keyset';
import { organizationModel } from '@/lib/master/models/organization';
import { usageDayModel } from '@/lib/master/models/usage-day';
import { objectId, op } from '@/lib/mongo';
import { matchCustomers } from '@/lib/organizations/find-customers';
import { OVERDUE_STATES } from '@/lib/organizations/standing';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, shiftDay, today } from '@/lib/time';
import { usageSummaryModel } from './model';
import { HEALTH_LEVELS, HEALTH_RANGE, type HealthLevel, healthOf, levelOf } from './policy';
import type { UsageListQuery, UsageSort } from './schema';

const PAGE_SIZE = 25;
const DAYS_SHOWN = 30;

type Summary = InferSchemaType<(typeof usageSummaryModel)['schema']>;

const toSummary = (row: Summary) => ({
  id: row._id.toString(),
  name: row.name,
  plan: row.plan,
  status: row.status,
  staff: { used: row.staff, limit: row.staffLimit ?? null },
  storage: { usedBytes: row.storageBytes, limitBytes: row.storageLimit ?? null },
  databaseBytes: row.databaseBytes,
  activeUsers: {
    last7: row.activeUsers.last7,
    before7: row.activeUsers.before7,
    last30: row.activeUsers.last30,
  },
  lastSeenAt: row.lastSeenAt.getTime() > 0 ? row.lastSeenAt.toISOString() : null,
  score: row.score,
  level: levelOf(row.score),
  reasons: row.reasons.map(({ text, points }) => ({ text, points })),
  summarizedAt: row.summarizedAt.toISOString(),
});
export type UsageSummary = ReturnType<typeof toSummary>;

const ORDERS = {
  health: { field: 'score', kind: 'number', direction: 1 },
  name: { field: 'nameKey', kind: 'text', direction: 1 },
  '-name': { field: 'nameKey', kind: 'text', direction: -1 },
  '-database': { field: 'databaseBytes', kind: 'number', direction: -1 },
  seen: { field: 'lastSeenAt', kind: 'date', direction: 1 },
} as const satisfies Record<UsageSort, { field: string; kind: string; direction: 1 | -1 }>;

/**
 * Words are looked up by name and levels by score, so their results come in that order: one index then serves
 * both.
 */
export function usageSortOf({ q, health, sort }: UsageListQuery): UsageSort {
  if (q) return sort === '-name' ? '-name' : 'name';
  return health ? 'health' : (sort ?? 'health');
}

/** The find behind the list; apart from it so that a test can ask how it is answered. */
export async function findUsage(query: UsageListQuery) {
  const order = ORDERS[usageSortOf(query)];
  const page = keyset({ ...order, idKind: 'object-id' }, query, PAGE_SIZE);
  const matched = query.q ? await matchCustomers(query.q) : null;
  const [lowest, highest] = query.health ? HEALTH_RANGE[query.health] : [];
  const parts = [
    { isCustomer: op({ $ne: false }) },
    ...(matched ? [{ _id: op({ $in: matched }) }] : []),
    ...(query.health && !matched ? [{ score: op({ $gte: lowest, $lte: highest }) }] : []),
    ...(Object.keys(page.filter).length > 0 ? [page.filter] : []),
  ];
  const find = usageSummaryModel.find({ $and: parts }).sort(page.sort).limit(page.limit);
  return { order, page, find };
}

/** Organizations by how they do, 25 a page. */
export async function listUsage(_ctx: PlatformContext, query: UsageListQuery) {
  const { order, page, find } = await findUsage(query);
  const sortedBy = (row: Summary): string => {
    const value = row[order.field];
    return value instanceof Date ? value.toISOString() : String(value);
  };
  const { rows, before, after } = page.toPage((await find.lean()) as Summary[], (row) => [
    sortedBy(row),
    row._id.toString(),
  ]);
  return { organizations: rows.map(toSummary), before, after };
}

/** How many organizations are at each level. */
export async function countLevels(_ctx: PlatformContext): Promise<Record<HealthLevel, number>> {
  const counts = await Promise.all(
    HEALTH_LEVELS.map((level) => {
      const [lowest, highest] = HEALTH_RANGE[level];
      return usageSummaryModel.countDocuments({
        score: op({ $gte: lowest, $lte: highest }),
        isCustomer: op({ $ne: false }),
      });
    }),
  );
  return { risk: counts[0] ?? 0, watch: counts[1] ?? 0, good: counts[2] ?? 0 };
}

export type AtRisk = Pick<UsageSummary, 'id' | 'name' | 'score' | 'level' | 'reasons'>;

/**
 * Customers about to leave, the worst first. Who owes or is suspended is so from that moment on, whenever the
 * use was counted last.
 */
export async function listAtRisk(_ctx: PlatformContext, limit = 5, now = new Date()): Promise<AtRisk[]> {
  const [rows, owing] = await Promise.all([
    usageSummaryModel
      .find({ score: op({ $lte: HEALTH_RANGE.risk[1] }), isCustomer: op({ $ne: false }) })
      .sort({ score: 1, _id: 1 })
      .limit(limit)
      .lean(),
    organizationModel
      .find({
        $or: [
          { status: op({ $in: OVERDUE_STATES }), nonPayment: op({ $ne: null }) },
          { status: 'suspended' },
          { suspension: op({ $exists: true }), status: op({ $nin: GONE }) },
        ],
        purpose: op({ $nin: NO_CUSTOMERS }),
      })
      .sort({ statusSince: -1 })
      .limit(limit)
      .select('organizationName status suspension createdAt')
      .lean(),
  ]);
  const found = new Map<string, AtRisk>();
  for (const { _id, organizationName, status, suspension, createdAt } of owing) {
    const { score, reasons } = healthOf(
      { ...UNKNOWN_USE, status, isSuspended: Boolean(suspension), createdAt, lastSeenAt: now },
      now,
    );
    found.set(_id.toString(), {
      id: _id.toString(),
      name: organizationName,
      score,
      level: levelOf(score),
      reasons,
    });
  }
  for (const row of rows) {
    const summary = toSummary(row as Summary);
    if (!found.has(summary.id)) found.set(summary.id, summary);
  }
  return [...found.values()].sort((a, b) => a.score - b.score).slice(0, limit);
}

const GONE = ['canceled', 'deleted'] as const;
const NO_CUSTOMERS = ['template', 'demo', 'sandbox'] as const;
/** Of a customer whose use is not looked at. */
const UNKNOWN_USE = {
  isCancelling: false,
  activeUsers: { last7: 0, before7: 0 },
  staff: 0,
  staffLimit: null,
  storageBytes: 0,
  storageLimit: null,
};

async function readUse(organizationId: string, now: Date) {
  const _id = objectId(organizationId, 'organization');
  const last = today('UTC', now);
  const first = shiftDay(last, 1 - DAYS_SHOWN);
  const [summary, rows] = await Promise.all([
    usageSummaryModel.findById(_id).lean(),
    usageDayModel.find({ organizationId: _id, day: op({ $gte: first, $lte: last }) }).lean(),
  ]);
  const byDay = new Map(rows.map((row) => [row.day, row]));
  const days = Array.from({ length: DAYS_SHOWN }, (_, index) => {
    const day: Day = shiftDay(first, index);
    const row = byDay.get(day);
    return { day, activeUsers: row?.activeUsers ?? 0, pages: row?.pages ?? 0, calls: row?.calls ?? 0 };
  });
  const features = new Map<string, number>();
  for (const row of rows) {
    for (const [name, count] of Object.entries(row.features ?? {}))
      features.set(name, (features.get(name) ?? 0) + Number(count));
  }
  return {
    summary: summary ? toSummary(summary as Summary) : null,
    days,
    features: [...features]
      .map(([name, uses]) => ({ name, uses }))
      .sort((a, b) => b.uses - a.uses || a.name.localeCompare(b.name)),
  };
}
export type OrganizationUse = Awaited<ReturnType<typeof readUse>>;

/** An organization's last 30 days, for the company. */
export const getUse = (_ctx: PlatformContext, organizationId: string, now = new Date()) =>
  readUse(organizationId, now);

/** The same for its own leaders, without the company's opinion of them. */
export async function getOwnUse(ctx: TenantContext, now = new Date()) {
  const { summary, days, features } = await readUse(ctx.organizationId, now);
  if (!summary) return { summary: null, days, features };
  const { score: _score, level: _level, reasons: _reasons, ...facts } = summary;
  return { summary: facts, days, features };
}
