import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { TicketAttachment } from './attachments';
import type { ticketMessageModel, ticketModel } from './model';
import {
  canRate,
  canReply,
  type TicketCategory,
  type TicketPriority,
  type TicketStatus,
  targetOf,
} from './policy';

type Id = { _id: Types.ObjectId };
export type TicketRow = InferSchemaType<(typeof ticketModel)['schema']> & Id;
type MessageRow = InferSchemaType<(typeof ticketMessageModel)['schema']> & Id;

/** What a customer may know of a ticket. */
export function toTicket(row: TicketRow, now: Date) {
  const status = row.status as TicketStatus;
  return {
    id: row._id.toString(),
    number: row.number,
    subject: row.subject,
    category: row.category as TicketCategory,
    priority: row.priority as TicketPriority,
    status,
    openedByName: row.openedByName,
    openedAt: row.createdAt.toISOString(),
    lastMessageAt: row.lastMessageAt.toISOString(),
    promise: targetOf(row.plan, row.target).words,
    canReply: canReply({ status, solvedAt: row.solvedAt ?? null }, now),
    canRate: canRate({ status, rating: row.rating ?? null }),
    rating: row.rating ? { isGood: row.rating.isGood, comment: row.rating.comment } : null,
  };
}
export type Ticket = ReturnType<typeof toTicket>;

/** The same with what only the company sees. */
export function toDeskTicket(row: TicketRow, organizationName: string, now: Date) {
  return {
    ...toTicket(row, now),
    organizationId: row.organizationId.toString(),
    organizationName,
    plan: row.plan,
    assigneeId: row.assigneeId?.toString() ?? null,
    assigneeName: row.assigneeName ?? null,
    dueAt: row.dueAt?.toISOString() ?? null,
    isLate: Boolean(row.dueAt && row.dueAt <= now),
    isSoonLate: Boolean(row.warnAt && row.warnAt <= now),
    version: row.version,
  };
}
export type DeskTicket = ReturnType<typeof toDeskTicket>;

export const toMessage = (row: MessageRow, attachments: ReadonlyMap<string, TicketAttachment[]>) => ({
  id: row._id.toString(),
  by: row.by,
  name: row.name,
  text: row.text,
  isInternal: row.isInternal,
  isByMail: Boolean(row.mailId),
  at: row.at.toISOString(),
  attachments: attachments.get(row._id.toString()) ?? [],
});
export type TicketMessage = ReturnType<typeof toMessage>;
