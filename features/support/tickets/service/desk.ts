import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { findColleague, listColleagues } from '@/lib/auth/colleagues';
import { AppError, notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import { wakeWorker } from '@/lib/work/queue';
import type { TicketRow } from '../dto';
import { workingHours } from '../hours';
import { mailAnswer, mailAssigned, mailMention } from '../mails';
import { ticketModel, ticketResponseModel } from '../model';
import { mentionedIn, pauseClock, type Target, type TicketPriority, targetOf, usedOf } from '../policy';
import { targetFormOf } from '../queries';
import { addMessage, addRemark } from './message';
import { changeTicket, clockFields, clockOf, isPaused, stopped } from './ticket-change';

async function anyTicket(ticketId: string): Promise<TicketRow> {
  const row = await ticketModel.findById(objectId(ticketId, 'ticket')).lean();
  if (!row) throw notFoundError('ticket');
  return row as TicketRow;
}

/**
 * The company's answer or note. An answer stops the clock and is held against the target; a note does not,
 * and tells the colleagues that it names.
 * @returns their names.
 */
export async function answerTicket(
  ctx: PlatformContext,
  input: {
    ticketId: string;
    version: number;
    message: string;
    outcome: 'waiting' | 'solved' | 'note';
    attachmentIds?: readonly string[];
  },
  now = new Date(),
): Promise<{ told: string[] }> {
  const row = await anyTicket(input.ticketId);
  const said = {
    by: 'company' as const,
    userId: ctx.actor.userId,
    name: ctx.actor.name,
    text: input.message,
    attachmentIds: input.attachmentIds ?? [],
  };
  if (input.outcome === 'note') {
    const all = await listColleagues('tickets:read');
    const told = mentionedIn(input.message, all).filter(({ id }) => id !== ctx.actor.userId);
    await auditedMasterWrite(ctx, async (session) => {
      const id = await addMessage(
        row,
        { ...said, isInternal: true, mentionedIds: told.map((person) => person.id) },
        session,
        now,
      );
      for (const person of told)
        await mailMention(row, { id, text: input.message, by: ctx.actor.name }, person, session);
    });
    wakeWorker();
    return { told: told.map(({ name }) => name) };
  }
  const [target, hours] = [targetOf(row.plan, row.target), workingHours()];
  const targetMs = target.minutes * 60_000;
  const usedMs = usedOf(clockOf(row), now, target, hours);
  const isSolved = input.outcome === 'solved';
  await auditedMasterWrite(ctx, async (session) => {
    await changeTicket(
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
    const id = await addMessage(row, said, session, now);
    // A pause that nobody wrote in does not take the question away.
    if (row.status === 'open' || isPaused(row)) {
      const month = now.toISOString().slice(0, 7);
      await ticketResponseModel.create(
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
    await mailAnswer(
      row,
      { id, text: input.message, name: ctx.actor.name, isSolved, files: said.attachmentIds.length },
      session,
    );
  });
  return { told: [] };
}

/**
 * Waits for something of the customer's without an answer: the clock stands still and goes on with what is
 * left.
 */
export async function pauseTicket(ctx: PlatformContext, ticketId: string, now = new Date()): Promise<void> {
  const row = await anyTicket(ticketId);
  if (row.status !== 'open') throw new AppError('CONFLICT', 'Only an open ticket can wait for the customer.');
  const target = targetOf(row.plan, row.target);
  const clock = pauseClock(clockOf(row), now, target, workingHours());
  await auditedMasterWrite(ctx, async (session) => {
    await changeTicket(row, { status: 'waiting', isPaused: true, ...clockFields(clock, target) }, session);
    const text = 'Waits for the customer; the clock stands still.';
    await addRemark(row, { name: ctx.actor.name, text, isInternal: true }, session, now);
  });
}

/** @throws AppError NOT_FOUND for somebody who is not of the company. */
export async function assignTicket(
  ctx: PlatformContext,
  { ticketId, assigneeId }: { ticketId: string; assigneeId: string },
  now = new Date(),
): Promise<void> {
  const row = await anyTicket(ticketId);
  const assignee = assigneeId ? await findColleague(assigneeId, 'tickets:write') : null;
  if (assigneeId && !assignee) throw notFoundError('colleague');
  await auditedMasterWrite(ctx, async (session) => {
    await changeTicket(
      row,
      { assigneeId: assignee ? objectId(assignee.id) : null, assigneeName: assignee?.name ?? null },
      session,
    );
    const text = assignee ? `Gave it to ${assignee.name}.` : 'Gave it back to everybody.';
    await addRemark(row, { name: ctx.actor.name, text, isInternal: true }, session, now);
    if (assignee && assignee.id !== ctx.actor.userId)
      await mailAssigned(row, ctx.actor.name, assignee, session);
  });
  wakeWorker();
}

export async function setTicketPriority(
  ctx: PlatformContext,
  { ticketId, priority }: { ticketId: string; priority: TicketPriority },
): Promise<void> {
  const row = await anyTicket(ticketId);
  await auditedMasterWrite(ctx, (session) => changeTicket(row, { priority }, session));
}

type Agreed = Pick<Target, 'minutes' | 'counted'>;

/**
 * How soon an organization's next tickets are answered; null for its plan's promise. Those that are open keep
 * theirs. @throws AppError NOT_FOUND, CONFLICT when a colleague has agreed something else meanwhile.
 */
export async function setAgreedTarget(
  ctx: PlatformContext,
  organizationId: string,
  agreed: Agreed | null,
  opened?: string,
): Promise<void> {
  const _id = objectId(organizationId, 'organization');
  const update = agreed ? { $set: { agreedTarget: agreed } } : { $unset: { agreedTarget: '' } };
  await auditedMasterWrite(ctx, async (session) => {
    const before = await organizationModel
      .findOneAndUpdate({ _id }, update, { session })
      .select('agreedTarget')
      .lean();
    if (!before) throw notFoundError('organization');
    assertUnchanged(targetFormOf(before.agreedTarget), opened);
  });
}
