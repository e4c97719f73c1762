import 'server-only';
import type { ClientSession } from 'mongoose';
import { AppError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import { type LeftOut, noteLeftOut, sendAttachments } from '../attachments';
import type { TicketRow } from '../dto';
import { ticketMessageModel } from '../model';
import { MESSAGES_MAX } from '../queries';

export type NewMessage = {
  by: 'customer' | 'company' | 'system';
  userId: string | null;
  name: string;
  text: string;
  isInternal?: boolean;
  mailId?: string;
  /** Colleagues whom a note names. */
  mentionedIds?: readonly string[];
  /** Files that its writer uploaded before. */
  attachmentIds?: readonly string[];
  /** Files of a mail that were not taken. */
  leftOut?: readonly LeftOut[];
};
type TicketKey = Pick<TicketRow, '_id' | 'organizationId'>;

export async function addMessage(
  ticket: TicketKey,
  said: NewMessage,
  session: ClientSession,
  now: Date,
): Promise<string> {
  const ticketId = ticket._id;
  if ((await ticketMessageModel.countDocuments({ ticketId }).session(session)) >= MESSAGES_MAX)
    throw new AppError('LIMIT_REACHED', 'This ticket has become very long. Please open a new one.');
  const _id = newObjectId();
  const { userId, attachmentIds = [], leftOut = [], mentionedIds = [], ...rest } = said;
  const mentioned =
    mentionedIds.length > 0
      ? { mentionedIds: mentionedIds.map((one) => objectId(one)), mentionedAt: now }
      : {};
  await ticketMessageModel.create(
    [{ _id, ticketId, ...rest, ...mentioned, userId: userId ? objectId(userId) : null, at: now }],
    {
      session,
    },
  );
  if (userId && said.by !== 'system') {
    const uploader = { organizationId: ticket.organizationId.toString(), userId, by: said.by };
    const message = { ticketId, messageId: _id };
    await sendAttachments(uploader, attachmentIds, message, session, now);
    await noteLeftOut(uploader, leftOut, message, session);
  }
  return _id.toString();
}

/** What was done, said by nobody: a line between the messages. */
export const addRemark = (
  row: TicketRow,
  { name, text, isInternal = false }: { name: string; text: string; isInternal?: boolean },
  session: ClientSession,
  now: Date,
): Promise<string> => addMessage(row, { by: 'system', userId: null, name, text, isInternal }, session, now);
