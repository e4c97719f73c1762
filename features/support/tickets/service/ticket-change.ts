import 'server-only';
import type { ClientSession } from 'mongoose';
import { AppError } from '@/lib/errors';
import type { TicketRow } from '../dto';
import { workingHours } from '../hours';
import { ticketModel } from '../model';
import { type Clock, dueAt, type Target, warnAt } from '../policy';

/** The clock with the instants that follow from it. */
export const clockFields = (clock: Clock, target: Target) => {
  const hours = workingHours();
  return { clock, dueAt: dueAt(clock, target, hours), warnAt: warnAt(clock, target, hours) };
};
export const clockOf = ({ clock }: TicketRow): Clock => ({
  usedMs: clock.usedMs,
  runningSince: clock.runningSince ?? null,
});

/** Its question stands, although the clock does not run. */
export const isPaused = (row: TicketRow): boolean => row.isPaused || row.clock.usedMs > 0;

/** Changes a ticket that nobody else has changed since it was read. @throws AppError CONFLICT */
export async function changeTicket(
  row: TicketRow,
  set: Record<string, unknown>,
  session: ClientSession,
): Promise<void> {
  const { matchedCount } = await ticketModel.updateOne(
    { _id: row._id, version: row.version },
    { $set: set, $inc: { version: 1 } },
    { session },
  );
  if (matchedCount === 0)
    throw new AppError(
      'CONFLICT',
      'Somebody else wrote or changed this ticket a moment ago. Look at it again first.',
    );
}

/** Nothing is due any more; the next question starts the clock from zero. */
export const stopped = {
  clock: { usedMs: 0, runningSince: null },
  isPaused: false,
  dueAt: null,
  warnAt: null,
};
