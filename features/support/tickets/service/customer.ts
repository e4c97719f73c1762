import 'server-only';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { keepMailFiles } from '../attachments';
import type { TicketRow } from '../dto';
import { findAsker } from '../mails';
import { ticketMessageModel, ticketModel } from '../model';
import { canRate, canReply, isAddressOf, resumeClock, startClock, targetOf } from '../policy';
import { visibleFilter } from '../visibility';
import { addMessage, addRemark, type NewMessage } from './message';
import { changeTicket, clockFields, clockOf, isPaused, stopped } from './ticket-change';

async function ownTicket(ctx: TenantContext, ticketId: string): Promise<TicketRow> {
  const row = await ticketModel.findOne({ _id: objectId(ticketId, 'ticket'), ...visibleFilter(ctx) }).lean();
  if (!row) throw notFoundError('ticket');
  return row as TicketRow;
}

/** A word of the customer's: it is the company's turn again, and what was solved is open again. */
async function hearCustomer(
  ctx: TenantContext | null,
  row: TicketRow,
  said: Omit<NewMessage, 'by'>,
  now: Date,
): Promise<void> {
  if (!canReply({ status: row.status, solvedAt: row.solvedAt ?? null }, now))
    throw new AppError('CONFLICT', 'This ticket was solved a while ago. Please open a new one.');
  const isNewQuestion = row.status !== 'open' && !isPaused(row);
  const clock = isNewQuestion ? startClock(now) : resumeClock(clockOf(row), now);
  await auditedMasterWrite(ctx, async (session) => {
    await changeTicket(
      row,
      {
        status: 'open',
        solvedAt: null,
        ...clockFields(clock, targetOf(row.plan, row.target)),
        isPaused: false,
        ...(row.clock.runningSince ? {} : { warnedAt: null, breachedAt: null }),
        lastMessageAt: now,
      },
      session,
    );
    await addMessage(row, { by: 'customer', ...said }, session, now);
  });
}

export async function replyTicket(
  ctx: TenantContext,
  {
    ticketId,
    message,
    attachmentIds = [],
  }: {
    ticketId: string;
    message: string;
    attachmentIds?: readonly string[];
  },
  now = new Date(),
): Promise<void> {
  const row = await ownTicket(ctx, ticketId);
  const userId = ctx.actor.kind === 'staff' ? ctx.actor.userId : null;
  const said = { userId, name: ctx.actor.name, text: message, attachmentIds };
  await hearCustomer(ctx, row, said, now);
}

/**
 * A reply by mail, from the person who opened the ticket.
 * @returns false for a mail that is known already.
 */
export async function replyByMail(
  ticketId: string,
  mail: { from: string; text: string; mailId: string; files: readonly { name: string; content: Buffer }[] },
  now = new Date(),
): Promise<boolean> {
  const row = (await ticketModel.findById(objectId(ticketId, 'ticket')).lean()) as TicketRow | null;
  const user = row ? await findAsker(row) : null;
  // Both must fit: a forwarded mail carries the address to people it was not meant for.
  if (!row || !user || !isAddressOf(user.emailKey, mail.from)) throw notFoundError('ticket');
  const { text, mailId } = mail;
  // Looked up first, so that a mail that comes again does not store its files again.
  if (await ticketMessageModel.exists({ mailId })) return false;
  const userId = user._id.toString();
  const organizationId = row.organizationId.toString();
  const { ids, leftOut } = await keepMailFiles({ organizationId, userId, by: 'customer' }, mail.files, now);
  try {
    const said = { userId, name: user.name, text, mailId, attachmentIds: ids, leftOut };
    await hearCustomer(null, row, said, now);
    return true;
  } catch (error) {
    if (duplicateKey(error)) return false;
    throw error;
  }
}

/** The customer says that it is done. */
export async function closeTicket(ctx: TenantContext, ticketId: string, now = new Date()): Promise<void> {
  const row = await ownTicket(ctx, ticketId);
  if (row.status === 'solved') return;
  await auditedMasterWrite(ctx, async (session) => {
    await changeTicket(row, { status: 'solved', solvedAt: now, ...stopped, lastMessageAt: now }, session);
    await addRemark(row, { name: ctx.actor.name, text: 'Closed the ticket.' }, session, now);
  });
}

/** @throws AppError CONFLICT when it is not solved or was rated before. */
export async function rateTicket(
  ctx: TenantContext,
  { ticketId, verdict, comment }: { ticketId: string; verdict: 'good' | 'bad'; comment: string },
  now = new Date(),
): Promise<void> {
  const row = await ownTicket(ctx, ticketId);
  if (!canRate({ status: row.status, rating: row.rating ?? null }))
    throw new AppError('CONFLICT', 'A ticket can be rated once, after it is solved.');
  await auditedMasterWrite(ctx, (session) =>
    changeTicket(row, { rating: { isGood: verdict === 'good', comment, at: now } }, session),
  );
}
