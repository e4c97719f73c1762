import 'server-only';
import type { ClientSession } from 'mongoose';
import { objectId, op } from '@/lib/mongo';
import { ticketModel } from '../model';

/** What somebody who leaves the team has on the desk is everybody's again, in the transaction of leaving. */
export async function releaseTickets(userId: string, session: ClientSession): Promise<void> {
  await ticketModel.updateMany(
    { assigneeId: objectId(userId), status: op({ $in: ['open', 'waiting'] as const }) },
    { $set: { assigneeId: null, assigneeName: null }, $inc: { version: 1 } },
    { session },
  );
}
