import 'server-only';
import { listOverdueBackups } from '@/features/fleet/operations/queries';
import { usageSummaryModel } from '@/features/fleet/usage/model';
import { ticketModel } from '@/features/support/tickets/model';
import type { PlatformContext } from '@/lib/actions/platform';
import { backupModel } from '@/lib/master/models/backup';
import { organizationModel } from '@/lib/master/models/organization';
import { op } from '@/lib/mongo';

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

/** The databases, those without a backup of the last night, and when the last of all was taken. */
async function getDatabaseFigures(now: Date) {
  const [databases, overdue, last] = await Promise.all([
    organizationModel.countDocuments({
      'placement.databaseName': op({ $exists: true }),
      status: op({ $ne: 'deleted' as const }),
    }),
    listOverdueBackups(now),
    backupModel.findOne().sort({ takenAt: -1 }).select('takenAt').lean(),
  ]);
  return { databases, overdue: overdue.length, lastBackupAt: last?.takenAt.toISOString() ?? null };
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
