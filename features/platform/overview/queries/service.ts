import 'server-only';
import { usageSummaryModel } from '@/features/fleet/usage/model';
import { ticketModel } from '@/features/support/tickets/model';
import type { PlatformContext } from '@/lib/actions/platform';
import { backupModel } from '@/lib/master/models/backup';
import { organizationModel } from '@/lib/master/models/organization';
import { op } from '@/lib/mongo';

/** A backup is taken each night; one night may be missed by the hours of a long one. */
const OVERDUE_AFTER_MS = 36 * 3_600_000;

/** What the desk has open: with nobody, and promised by now. A late one is always open. */
async function getTicketFigures(now: Date) {
  const count = (condition: object) => ({ $sum: { $cond: [condition, 1, 0] } });
  const isLate = { $and: [{ $gt: ['$dueAt', new Date(0)] }, { $lte: ['$dueAt', now] }] };
  const [sums] = await ticketModel.aggregate<{ open: number; nobodys: number; late: number }>([
    { $match: { status: 'open' } },
    {
      $group: {
        _id: null,
        open: { $sum: 1 },
        nobodys: count({ $eq: [{ $ifNull: ['$assigneeId', null] }, null] }),
        late: count(isLate),
      },
    },
  ]);
  return { open: sums?.open ?? 0, nobodys: sums?.nobodys ?? 0, late: sums?.late ?? 0 };
}

/**
 * Databases without a backup of the last 36 hours. One that is younger than that waits for its first night.
 */
async function getDatabaseFigures(now: Date) {
  const since = new Date(now.getTime() - OVERDUE_AFTER_MS);
  const [databases, recent] = await Promise.all([
    organizationModel
      .find({ 'placement.databaseName': op({ $exists: true }), status: op({ $ne: 'deleted' as const }) })
      .select('createdAt')
      .lean(),
    backupModel.aggregate<{ _id: { toString(): string }; at: Date }>([
      { $match: { takenAt: { $gte: since } } },
      { $group: { _id: '$organizationId', at: { $max: '$takenAt' } } },
    ]),
  ]);
  const backedUp = new Set(recent.map(({ _id }) => _id.toString()));
  const last = Math.max(0, ...recent.map(({ at }) => at.getTime()));
  return {
    databases: databases.length,
    overdue: databases.filter(({ _id, createdAt }) => createdAt < since && !backedUp.has(_id.toString()))
      .length,
    lastBackupAt: last > 0 ? new Date(last).toISOString() : null,
  };
}

/** People who did something in the last seven days, as the hourly sums have it. */
async function getUseFigures() {
  const [sums] = await usageSummaryModel.aggregate<{ people: number; quiet: number; at: Date | null }>([
    {
      $group: {
        _id: null,
        people: { $sum: '$activeUsers.last7' },
        quiet: { $sum: { $cond: [{ $eq: ['$activeUsers.last7', 0] }, 1, 0] } },
        at: { $min: '$summarizedAt' },
      },
    },
  ]);
  return { people: sums?.people ?? 0, quiet: sums?.quiet ?? 0, at: sums?.at?.toISOString() ?? null };
}

/** How the work stands beside the money: what waits for an answer, the databases, and who works with it. */
export async function getServiceFigures(_ctx: PlatformContext, now = new Date()) {
  const [tickets, databases, use] = await Promise.all([
    getTicketFigures(now),
    getDatabaseFigures(now),
    getUseFigures(),
  ]);
  return { tickets, databases, use };
}
export type ServiceFigures = Awaited<ReturnType<typeof getServiceFigures>>;
