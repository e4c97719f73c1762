import 'server-only';
import { usageSummaryModel } from '@/features/fleet/usage/model';
import { ticketModel } from '@/features/support/tickets/model';
import type { PlatformContext } from '@/lib/actions/platform';
import { backupModel } from '@/lib/master/models/backup';
import { cellModel } from '@/lib/master/models/cell';
import { organizationModel } from '@/lib/master/models/organization';
import { op } from '@/lib/mongo';
import { stateOf } from '@/lib/provisioning/capacity';
import { toFacts } from '@/lib/provisioning/cells';

/** A backup is taken each night; one night may be missed by the hours of a long one. */
const OVERDUE_AFTER_MS = 36 * 3_600_000;

/** What is answered late or soon will be, as the desk has it. */
async function getTicketFigures(now: Date) {
  const [open, nobodys, late] = await Promise.all([
    ticketModel.countDocuments({ status: 'open' }),
    ticketModel.countDocuments({ status: 'open', assigneeId: null }),
    ticketModel.countDocuments({ dueAt: op({ $gt: new Date(0), $lte: now }) }),
  ]);
  return { open, nobodys, late };
}

/**
 * Databases without a backup of the last 36 hours. One that is younger than that waits for its first night.
 */
async function getDatabaseFigures(now: Date) {
  const since = new Date(now.getTime() - OVERDUE_AFTER_MS);
  const [databases, recent, newest, cells] = await Promise.all([
    organizationModel
      .find({ 'placement.databaseName': op({ $exists: true }), status: op({ $ne: 'deleted' as const }) })
      .select('createdAt')
      .lean(),
    backupModel.distinct('organizationId', { takenAt: op({ $gte: since }) }),
    backupModel.findOne({}).sort({ takenAt: -1 }).select('takenAt').lean(),
    cellModel.find({}).lean(),
  ]);
  const backedUp = new Set(recent.map(String));
  const states = cells.map((row) => stateOf(toFacts(row)));
  return {
    databases: databases.length,
    overdue: databases.filter(({ _id, createdAt }) => createdAt < since && !backedUp.has(_id.toString()))
      .length,
    lastBackupAt: newest?.takenAt.toISOString() ?? null,
    cells: cells.length,
    filling: states.filter((state) => state === 'filling' || state === 'full').length,
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
