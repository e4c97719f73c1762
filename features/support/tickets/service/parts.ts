import 'server-only';
import type { ClientSession } from 'mongoose';
import { AppError } from '@/lib/errors';
import { ticketModel } from '@/lib/master/models/ticket';
import { ticketMessageModel } from '@/lib/master/models/ticket-message';
import { newObjectId, objectId } from '@/lib/mongo';
import { type LeftOut, noteLeftOut, sendAttachments } from '../attachments';
import type { TicketRow } from '../dto';
import { workingHours } from '../hours';
import { type Clock, dueAt, type Target, warnAt } from '../policy';
import { MESSAGES_MAX } from '../queries';

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

export type Said = {
  by: 'customer' | 'company' | 'system';
  userId: string | null;
  name: string;
  text: string;
  isInternal?: boolean;
  mailId?: string;
  /** Files that its writer uploaded before. */
  attachmentIds?: readonly string[];
  /** Files of a mail that were not taken. */
  leftOut?: readonly LeftOut[];
};
type Place = Pick<TicketRow, '_id' | 'organizationId'>;

export async function say(ticket: Place, said: Said, session: ClientSession, now: Date): Promise<string> {
  const messages = await ticketMessageModel();
  const ticketId = ticket._id;
  if ((await messages.countDocuments({ ticketId }).session(session)) >= MESSAGES_MAX)
    throw new AppError('LIMIT_REACHED', 'This ticket has become very long. Please open a new one.');
  const _id = newObjectId();
  const { userId, attachmentIds = [], leftOut = [], ...rest } = said;
  await messages.create([{ _id, ticketId, ...rest, userId: userId ? objectId(userId) : null, at: now }], {
    session,
  });
  if (userId && said.by !== 'system') {
    const uploader = { organizationId: ticket.organizationId.toString(), userId, by: said.by };
    const message = { ticketId, messageId: _id };
    await sendAttachments(uploader, attachmentIds, message, session, now);
    await noteLeftOut(uploader, leftOut, message, session);
  }
  return _id.toString();
}

/** What was done, said by nobody: a line between the messages. */
export const remark = (
  row: TicketRow,
  { name, text, isInternal = false }: { name: string; text: string; isInternal?: boolean },
  session: ClientSession,
  now: Date,
): Promise<string> => say(row, { by: 'system', userId: null, name, text, isInternal }, session, now);

/** Changes a ticket that nobody else has changed since it was read. @throws AppError CONFLICT */
export async function change(
  row: TicketRow,
  set: Record<string, unknown>,
  session: ClientSession,
): Promise<void> {
  const { matchedCount } = await (await ticketModel()).updateOne(
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

/** Nothing is due any more; the next question starts anew. */
export const stopped = {
  clock: { usedMs: 0, runningSince: null },
  isPaused: false,
  dueAt: null,
  warnAt: null,
};
