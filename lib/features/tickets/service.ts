import 'server-only';
import type { ClientSession } from 'mongoose';
import type { PlatformContext } from '@/lib/actions/platform';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { masterTransaction } from '@/lib/master/connection';
import { savedAnswerModel } from '@/lib/master/models/saved-answer';
import { ticketModel } from '@/lib/master/models/ticket';
import { ticketMessageModel } from '@/lib/master/models/ticket-message';
import { ticketResponseModel } from '@/lib/master/models/ticket-response';
import { userModel } from '@/lib/master/models/user';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { TicketRow } from './dto';
import { workingHours } from './hours';
import { findAsker, mailAnswer } from './mails';
import {
  type Clock,
  canRate,
  canReply,
  dueAt,
  pauseClock,
  resumeClock,
  startClock,
  TARGETS,
  type TicketPriority,
  usedOf,
  warnAt,
} from './policy';
import { MESSAGES_MAX, ownFilter } from './queries';
import type { OpenTicketInput } from './schema';

/** The clock with the instants that follow from it. */
const clockFields = (clock: Clock, plan: TicketRow['plan']) => {
  const [target, hours] = [TARGETS[plan], workingHours()];
  return { clock, dueAt: dueAt(clock, target, hours), warnAt: warnAt(clock, target, hours) };
};
const clockOf = ({ clock }: TicketRow): Clock => ({
  usedMs: clock.usedMs,
  runningSince: clock.runningSince ?? null,
});

type Said = {
  by: 'customer' | 'company' | 'system';
  userId: string | null;
  name: string;
  text: string;
  isInternal?: boolean;
  mailId?: string;
};

async function say(
  ticketId: TicketRow['_id'],
  said: Said,
  session: ClientSession,
  now: Date,
): Promise<string> {
  const messages = await ticketMessageModel();
  if ((await messages.countDocuments({ ticketId }).session(session)) >= MESSAGES_MAX)
    throw new AppError('LIMIT_REACHED', 'This ticket has become very long. Please open a new one.');
  const _id = newObjectId();
  const { userId, ...rest } = said;
  await messages.create([{ _id, ticketId, ...rest, userId: userId ? objectId(userId) : null, at: now }], {
    session,
  });
  return _id.toString();
}

/** Changes a ticket that nobody else has changed since it was read. @throws AppError CONFLICT */
async function change(row: TicketRow, set: Record<string, unknown>, session: ClientSession): Promise<void> {
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

/** The next number; two that are opened at once try again. */
async function nextNumber(): Promise<number> {
  const [last] = await (await ticketModel()).find({}).sort({ number: -1 }).limit(1).select('number').lean();
  return (last?.number ?? 1_000) + 1;
}

/** @returns the id of the new ticket. */
export async function openTicket(
  ctx: TenantContext,
  input: OpenTicketInput,
  now = new Date(),
): Promise<string> {
  const { actor } = ctx;
  if (actor.kind !== 'staff') throw new AppError('FORBIDDEN', 'Only staff open tickets.');
  const { plan } = ctx.organization;
  const _id = newObjectId();
  for (let attempt = 1; ; attempt++) {
    try {
      const number = await nextNumber();
      await masterTransaction(async (session) => {
        await (await ticketModel()).create(
          [
            {
              _id,
              number,
              organizationId: objectId(ctx.organizationId),
              plan,
              openedById: objectId(actor.userId),
              openedByName: actor.name,
              category: input.category,
              priority: input.priority,
              subject: input.subject,
              status: 'open',
              ...clockFields(startClock(now), plan),
              lastMessageAt: now,
            },
          ],
          { session },
        );
        await say(
          _id,
          { by: 'customer', userId: actor.userId, name: actor.name, text: input.message },
          session,
          now,
        );
      });
      return _id.toString();
    } catch (error) {
      if (!duplicateKey(error) || attempt >= 10) throw error;
    }
  }
}

async function ownTicket(ctx: TenantContext, ticketId: string): Promise<TicketRow> {
  const row = await (await ticketModel())
    .findOne({ _id: objectId(ticketId, 'ticket'), ...ownFilter(ctx) })
    .lean();
  if (!row) throw notFoundError('ticket');
  return row as TicketRow;
}

/** A word of the customer's: it is the company's turn again, and what was solved is open again. */
async function hearCustomer(row: TicketRow, said: Omit<Said, 'by'>, now: Date): Promise<void> {
  if (!canReply({ status: row.status, solvedAt: row.solvedAt ?? null }, now))
    throw new AppError('CONFLICT', 'This ticket was solved a while ago. Please open a new one.');
  const isNewQuestion = row.status !== 'open' && row.clock.usedMs === 0;
  const clock = isNewQuestion ? startClock(now) : resumeClock(clockOf(row), now);
  await masterTransaction(async (session) => {
    await change(
      row,
      {
        status: 'open',
        solvedAt: null,
        ...clockFields(clock, row.plan),
        ...(row.clock.runningSince ? {} : { warnedAt: null, breachedAt: null }),
        lastMessageAt: now,
      },
      session,
    );
    await say(row._id, { by: 'customer', ...said }, session, now);
  });
}

export async function replyTicket(
  ctx: TenantContext,
  { ticketId, message }: { ticketId: string; message: string },
  now = new Date(),
): Promise<void> {
  const row = await ownTicket(ctx, ticketId);
  const userId = ctx.actor.kind === 'staff' ? ctx.actor.userId : null;
  await hearCustomer(row, { userId, name: ctx.actor.name, text: message }, now);
}

/** A reply by mail, from the person who opened the ticket. @returns false for a mail that is known already. */
export async function replyByMail(
  ticketId: string,
  mail: { from: string; text: string; mailId: string },
  now = new Date(),
): Promise<boolean> {
  const row = (await (await ticketModel()).findById(objectId(ticketId, 'ticket')).lean()) as TicketRow | null;
  const user = row ? await findAsker(row) : null;
  // Both must fit: a forwarded mail carries the address to people it was not meant for.
  if (!row || !user || user.emailKey !== mail.from.trim().toLowerCase()) throw notFoundError('ticket');
  try {
    await hearCustomer(
      row,
      { userId: user._id.toString(), name: user.name, text: mail.text, mailId: mail.mailId },
      now,
    );
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
  await masterTransaction(async (session) => {
    await change(row, { status: 'solved', solvedAt: now, ...stopped, lastMessageAt: now }, session);
    await say(
      row._id,
      { by: 'system', userId: null, name: ctx.actor.name, text: 'Closed the ticket.' },
      session,
      now,
    );
  });
}

/** Nothing is due any more; the next question starts anew. */
const stopped = { clock: { usedMs: 0, runningSince: null }, dueAt: null, warnAt: null };

/** @throws AppError CONFLICT when it is not solved or was rated before. */
export async function rateTicket(
  ctx: TenantContext,
  { ticketId, verdict, comment }: { ticketId: string; verdict: 'good' | 'bad'; comment: string },
  now = new Date(),
): Promise<void> {
  const row = await ownTicket(ctx, ticketId);
  if (!canRate({ status: row.status, rating: row.rating ?? null }))
    throw new AppError('CONFLICT', 'A ticket can be rated once, after it is solved.');
  await masterTransaction((session) =>
    change(row, { rating: { isGood: verdict === 'good', comment, at: now } }, session),
  );
}

async function anyTicket(ticketId: string): Promise<TicketRow> {
  const row = await (await ticketModel()).findById(objectId(ticketId, 'ticket')).lean();
  if (!row) throw notFoundError('ticket');
  return row as TicketRow;
}

/** The company's answer or note. An answer stops the clock and is held against the target; a note does not. */
export async function answerTicket(
  ctx: PlatformContext,
  input: { ticketId: string; version: number; message: string; outcome: 'waiting' | 'solved' | 'note' },
  now = new Date(),
): Promise<void> {
  const row = await anyTicket(input.ticketId);
  const said = {
    by: 'company' as const,
    userId: ctx.actor.userId,
    name: ctx.actor.name,
    text: input.message,
  };
  if (input.outcome === 'note') {
    await masterTransaction(async (session) => {
      await say(row._id, { ...said, isInternal: true }, session, now);
    });
    return;
  }
  const [target, hours] = [TARGETS[row.plan], workingHours()];
  const targetMs = target.minutes * 60_000;
  const usedMs = usedOf(clockOf(row), now, target, hours);
  const isSolved = input.outcome === 'solved';
  await masterTransaction(async (session) => {
    await change(
      { ...row, version: input.version },
      {
        status: input.outcome,
        solvedAt: isSolved ? now : null,
        ...stopped,
        // Who answers has it.
        ...(row.assigneeId ? {} : { assigneeId: objectId(ctx.actor.userId), assigneeName: ctx.actor.name }),
        lastMessageAt: now,
      },
      session,
    );
    const id = await say(row._id, said, session, now);
    // A pause that nobody wrote in does not take the question away.
    if (row.status === 'open' || row.clock.usedMs > 0) {
      const month = now.toISOString().slice(0, 7);
      await (await ticketResponseModel()).create(
        [
          {
            ticketId: row._id,
            plan: row.plan,
            month,
            at: now,
            usedMs,
            targetMs,
            isInTime: usedMs <= targetMs,
          },
        ],
        { session },
      );
    }
    await mailAnswer(row, { id, text: input.message, name: ctx.actor.name, isSolved }, session);
  });
}

/** Waits for something of the customer's without an answer: the clock stands still and goes on with what is left. */
export async function pauseTicket(ctx: PlatformContext, ticketId: string, now = new Date()): Promise<void> {
  const row = await anyTicket(ticketId);
  if (row.status !== 'open') throw new AppError('CONFLICT', 'Only an open ticket can wait for the customer.');
  const clock = pauseClock(clockOf(row), now, TARGETS[row.plan], workingHours());
  await masterTransaction(async (session) => {
    await change(row, { status: 'waiting', ...clockFields(clock, row.plan) }, session);
    const text = 'Waits for the customer; the clock stands still.';
    await say(
      row._id,
      { by: 'system', userId: null, name: ctx.actor.name, text, isInternal: true },
      session,
      now,
    );
  });
}

/** @throws AppError NOT_FOUND for somebody who is not of the company. */
export async function assignTicket(
  ctx: PlatformContext,
  { ticketId, assigneeId }: { ticketId: string; assigneeId: string },
  now = new Date(),
): Promise<void> {
  const row = await anyTicket(ticketId);
  const assignee = assigneeId
    ? await (await userModel())
        .findOne({ _id: objectId(assigneeId), platformRole: 'super-admin', disabledAt: null })
        .select('name')
        .lean()
    : null;
  if (assigneeId && !assignee) throw notFoundError('colleague');
  await masterTransaction(async (session) => {
    await change(row, { assigneeId: assignee?._id ?? null, assigneeName: assignee?.name ?? null }, session);
    const text = assignee ? `Gave it to ${assignee.name}.` : 'Gave it back to everybody.';
    await say(
      row._id,
      { by: 'system', userId: null, name: ctx.actor.name, text, isInternal: true },
      session,
      now,
    );
  });
}

export async function setTicketPriority(
  _ctx: PlatformContext,
  { ticketId, priority }: { ticketId: string; priority: TicketPriority },
): Promise<void> {
  const row = await anyTicket(ticketId);
  await masterTransaction((session) => change(row, { priority }, session));
}

export async function saveAnswer(
  _ctx: PlatformContext,
  { answerId, title, text }: { answerId: string; title: string; text: string },
): Promise<void> {
  const answers = await savedAnswerModel();
  if (!answerId) {
    await answers.create({ title, text });
    return;
  }
  const { matchedCount } = await answers.updateOne({ _id: objectId(answerId) }, { $set: { title, text } });
  if (matchedCount === 0) throw notFoundError('answer');
}

export async function deleteAnswer(_ctx: PlatformContext, answerId: string): Promise<void> {
  await (await savedAnswerModel()).deleteOne({ _id: objectId(answerId) });
}
