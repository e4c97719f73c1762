import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { listColleagues } from '@/lib/auth/colleagues';
import { notFoundError } from '@/lib/errors';
import { keyset } from '@/lib/keyset';
import { organizationModel } from '@/lib/master/models/organization';
import { PLAN_IDS } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { revisionOf } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { attachmentsOf } from './attachments';
import { type TicketRow, toDeskTicket, toMessage, toTicket } from './dto';
import { savedAnswerModel, ticketMessageModel, ticketModel, ticketResponseModel } from './model';
import type { DeskQuery } from './schema';
import { matchTickets } from './search';
import { visibleFilter } from './visibility';

const PAGE_SIZE = 25;
/** A thread is shown whole; who writes more than this opens a new ticket. */
export const MESSAGES_MAX = 500;

type Paging = { after?: string | undefined; before?: string | undefined };

const newestFirst = (paging: Paging) =>
  keyset({ field: 'lastMessageAt', kind: 'date', idKind: 'object-id', direction: -1 }, paging, PAGE_SIZE);

export async function findOwnTickets(ctx: TenantContext, paging: Paging) {
  const page = newestFirst(paging);
  const find = ticketModel
    .find({ ...visibleFilter(ctx), ...page.filter })
    .sort(page.sort)
    .limit(page.limit);
  return { page, find };
}

const cursorOf = (row: TicketRow): [string, string] => [row.lastMessageAt.toISOString(), row._id.toString()];

/** A person's tickets, or the organization's for its leaders; 25 a page. */
export async function listTickets(ctx: TenantContext, paging: Paging, now = new Date()) {
  const { page, find } = await findOwnTickets(ctx, paging);
  const { rows, before, after } = page.toPage((await find.lean()) as TicketRow[], cursorOf);
  return { tickets: rows.map((row) => toTicket(row, now)), before, after };
}

/**
 * A ticket with its thread, without what only the company may read.
 * @throws AppError NOT_FOUND, also for another's.
 */
export async function getTicket(ctx: TenantContext, ticketId: string, now = new Date()) {
  const row = await ticketModel.findOne({ _id: objectId(ticketId, 'ticket'), ...visibleFilter(ctx) }).lean();
  if (!row) throw notFoundError('ticket');
  const messages = await ticketMessageModel
    .find({ ticketId: row._id, isInternal: false })
    .sort({ at: 1, _id: 1 })
    .limit(MESSAGES_MAX)
    .lean();
  const attachments = await attachmentsOf(row);
  return {
    ticket: toTicket(row as TicketRow, now),
    messages: messages.map((message) => toMessage(message, attachments)),
  };
}

/** What the form of a promise shows, as it is stored. */
export const targetFormOf = (agreed?: { minutes: number; counted: string } | null) => ({
  minutes: agreed?.minutes,
  counted: agreed?.counted,
});

/** What was agreed with an organization beyond its plan's promise. */
export async function findAgreedTarget(organizationId: string) {
  const row = await organizationModel.findById(objectId(organizationId)).select('agreedTarget').lean();
  return row?.agreedTarget ?? null;
}

/** What is late or soon will be comes by its time, everything else by its last word. */
function dueFilter(due: DeskQuery['due'], now: Date): object {
  if (due === 'late') return { dueAt: op({ $gt: new Date(0), $lte: now }) };
  return due === 'soon' ? { dueAt: op({ $gt: now }), warnAt: op({ $lte: now }) } : {};
}

const bySort = (due: DeskQuery['due'], paging: Paging) =>
  due
    ? keyset({ field: 'dueAt', kind: 'date', idKind: 'object-id', direction: 1 }, paging, PAGE_SIZE)
    : newestFirst(paging);

export async function findDesk(
  ctx: PlatformContext,
  { q, status, assignee, priority, plan, due, after, before }: DeskQuery,
  now = new Date(),
) {
  const page = bySort(due, { after, before });
  const found = q ? [{ _id: op({ $in: await matchTickets(q) }) }] : [];
  const find = ticketModel
    .find({
      ...(assignee ? { assigneeId: assignee === 'me' ? objectId(ctx.actor.userId) : null } : {}),
      ...(status ? { status } : {}),
      ...(priority ? { priority } : {}),
      ...(plan ? { plan } : {}),
      $and: [dueFilter(due, now), page.filter, ...found],
    })
    .sort(page.sort)
    .limit(page.limit);
  return { page, find };
}

async function withNames(rows: readonly TicketRow[], now: Date) {
  const organizations = await organizationModel
    .find({ _id: op({ $in: rows.map(({ organizationId }) => organizationId) }) })
    .select('organizationName')
    .lean();
  const names = new Map(organizations.map(({ _id, organizationName }) => [_id.toString(), organizationName]));
  return rows.map((row) => toDeskTicket(row, names.get(row.organizationId.toString()) ?? 'Deleted', now));
}

/** The company's desk, 25 a page, what was written last first. */
export async function listDesk(ctx: PlatformContext, query: DeskQuery, now = new Date()) {
  const { page, find } = await findDesk(ctx, query, now);
  const { rows, before, after } = page.toPage((await find.lean()) as TicketRow[], (row) =>
    query.due ? [row.dueAt?.toISOString() ?? '', row._id.toString()] : cursorOf(row),
  );
  return { tickets: await withNames(rows, now), before, after };
}

/** A ticket with everything that was said and noted. @throws AppError NOT_FOUND */
export async function getDeskTicket(_ctx: PlatformContext, ticketId: string, now = new Date()) {
  const row = await ticketModel.findById(objectId(ticketId, 'ticket')).lean();
  if (!row) throw notFoundError('ticket');
  const [messages, attachments, colleagues, answers, [ticket]] = await Promise.all([
    ticketMessageModel.find({ ticketId: row._id }).sort({ at: 1, _id: 1 }).limit(MESSAGES_MAX).lean(),
    attachmentsOf(row),
    listColleagues('tickets:write'),
    listSavedAnswers(_ctx),
    withNames([row as TicketRow], now),
  ]);
  if (!ticket) throw notFoundError('ticket');
  return {
    ticket,
    messages: messages.map((message) => toMessage(message, attachments)),
    colleagues: colleagues.map(({ id, name }) => ({ id, name })),
    answers,
  };
}

export async function listSavedAnswers(_ctx: PlatformContext) {
  const rows = await savedAnswerModel.find({}).sort({ title: 1, _id: 1 }).limit(200).lean();
  return rows.map((row) => ({
    id: row._id.toString(),
    title: row.title,
    text: row.text,
    version: revisionOf({ title: row.title, text: row.text }),
  }));
}
export type SavedAnswer = Awaited<ReturnType<typeof listSavedAnswers>>[number];

/** How many answers of a month (UTC, `2026-06`) came in time, by plan, and what customers said of them. */
export async function getTargetsReport(_ctx: PlatformContext, month: string) {
  const from = new Date(`${month}-01T00:00:00Z`);
  const to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1));
  const rated = { 'rating.at': op({ $gte: from, $lt: to }) };
  const plans = await Promise.all(
    PLAN_IDS.map(async (plan) => ({
      plan,
      inTime: await ticketResponseModel.countDocuments({ month, plan, isInTime: true }),
      late: await ticketResponseModel.countDocuments({ month, plan, isInTime: false }),
      good: await ticketModel.countDocuments({ plan, ...rated, 'rating.isGood': true }),
      bad: await ticketModel.countDocuments({ plan, ...rated, 'rating.isGood': false }),
    })),
  );
  return { month, plans };
}
