import 'server-only';
import { masterTransaction } from '@/lib/master/connection';
import { op } from '@/lib/mongo';
import type { TicketRow } from './dto';
import { mailLate } from './mails';
import { ticketModel } from './model';

/**
 * Every minute: the person who should answer is told once before the time that was promised, and once when it
 * is over.
 * @returns how many were told of.
 */
export async function watchTickets(now = new Date()): Promise<number> {
  // Only a running clock has a time, and who was told that it is over is told no more.
  const running = (await ticketModel
    .find({ dueAt: op({ $gt: new Date(0) }), breachedAt: null })
    .sort({ dueAt: 1, _id: 1 })
    .limit(1_000)
    .lean()) as TicketRow[];
  let told = 0;
  for (const ticket of running) {
    const isLate = ticket.dueAt && ticket.dueAt <= now;
    const isSoon = !isLate && ticket.warnAt && ticket.warnAt <= now && !ticket.warnedAt;
    if (!isLate && !isSoon) continue;
    await masterTransaction(async (session) => {
      const first = await ticketModel.updateOne(
        { _id: ticket._id, version: ticket.version, ...(isLate ? { breachedAt: null } : { warnedAt: null }) },
        { $set: isLate ? { breachedAt: now, warnedAt: ticket.warnedAt ?? now } : { warnedAt: now } },
        { session, timestamps: false },
      );
      if (first.modifiedCount !== 1) return;
      await mailLate(ticket, isLate ? 'late' : 'soon', session);
      told++;
    });
  }
  return told;
}
