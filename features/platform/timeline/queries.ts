import 'server-only';
import { customerNoteModel } from '@/features/platform/customer-notes/model';
import { isUndelivered, mailKind } from '@/features/platform/mails/policy';
import { findCustomerId, READ } from '@/features/subscription/plan-changes/reach';
import { noteAttachmentsOf } from '@/features/support/tickets/attachments';
import { ticketModel } from '@/features/support/tickets/model';
import type { PlatformContext } from '@/lib/actions/platform';
import { notFoundError } from '@/lib/errors';
import { decodeCursor, encodeCursor } from '@/lib/keyset';
import { logger } from '@/lib/logger';
import { platformAuditModel } from '@/lib/master/models/audit-event';
import { mailLogModel } from '@/lib/master/models/mail-log';
import { organizationModel } from '@/lib/master/models/organization';
import { formatMoney } from '@/lib/money';
import { objectId, op } from '@/lib/mongo';
import { OBJECT_ID } from '@/lib/object-id';
import { paths } from '@/lib/paths';
import { stripe } from '@/lib/stripe/client';
import { isOutOfReach } from '@/lib/stripe/failures';
import { type HistorySource, inOrder, past, SOURCES, type TimelineEntry, type TimelinePlace } from './policy';
import type { TimelineQuery } from './schema';

const PAGE_SIZE = 30;

const isSource = (value: unknown): value is HistorySource => (SOURCES as readonly unknown[]).includes(value);

/** A cursor comes from the address: a malformed one means the newest. */
function placeOf(after: string | undefined): TimelinePlace | null {
  const [at = '', source, id = ''] = decodeCursor(after) ?? [];
  const moment = new Date(at);
  if (Number.isNaN(moment.valueOf()) || !isSource(source)) return null;
  return source !== 'payment' && !OBJECT_ID.test(id) ? null : { at: moment, source, id };
}

/** The filter of a source that is sorted by `field` and then by its id, downwards. */
function pastFilter(place: TimelinePlace | null, source: HistorySource, field: string): object {
  const how = past(place, source);
  if (!place || how === 'all') return {};
  if (how === 'earlier') return { [field]: op({ $lt: place.at }) };
  if (how === 'at') return { [field]: op({ $lte: place.at }) };
  return {
    [field]: op({ $lte: place.at }),
    $or: [{ [field]: op({ $lt: place.at }) }, { _id: op({ $lt: objectId(place.id) }) }],
  };
}

/** The finds of what our own database holds; apart, so that a test can ask how they are answered. */
export function findHistory(organizationId: string, place: TimelinePlace | null) {
  const id = objectId(organizationId, 'organization');
  const limit = PAGE_SIZE + 1;
  return {
    tickets: ticketModel
      .find({ organizationId: id, ...pastFilter(place, 'ticket', 'createdAt') })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit),
    notes: customerNoteModel
      .find({ organizationId: id, ...pastFilter(place, 'note', 'at') })
      .sort({ at: -1, _id: -1 })
      .limit(limit),
    mails: mailLogModel
      .find({ organizationId: id, ...pastFilter(place, 'mail', 'queuedAt') })
      .sort({ queuedAt: -1, _id: -1 })
      .limit(limit),
    deeds: platformAuditModel
      .find({ organizationId, ...pastFilter(place, 'deed', 'at') })
      .sort({ at: -1, _id: -1 })
      .limit(limit),
  };
}

async function ownHistory(organizationId: string, place: TimelinePlace | null): Promise<TimelineEntry[]> {
  const finds = findHistory(organizationId, place);
  const [tickets, notes, mails, deeds] = await Promise.all([
    finds.tickets.select('number subject status openedByName createdAt').lean(),
    finds.notes.lean(),
    finds.mails.lean(),
    finds.deeds.lean(),
  ]);
  const files = await noteAttachmentsOf(
    organizationId,
    notes.map(({ _id }) => _id),
  );
  return [
    ...tickets.map((row) => ({
      id: row._id.toString(),
      source: 'ticket' as const,
      at: row.createdAt.toISOString(),
      title: `Ticket #${row.number}: ${row.subject}`,
      detail: `Opened by ${row.openedByName}, ${row.status}`,
      tone: 'info' as const,
      href: paths.platformTicket(row._id.toString()),
    })),
    ...notes.map((row) => ({
      id: row._id.toString(),
      source: 'note' as const,
      at: row.at.toISOString(),
      title: `Note by ${row.byName}`,
      detail: row.text,
      tone: 'neutral' as const,
      href: null,
      files: files.get(row._id.toString()) ?? [],
    })),
    ...mails.map((row) => ({
      id: row._id.toString(),
      source: 'mail' as const,
      at: row.queuedAt.toISOString(),
      title: `Mail: ${mailKind(row.kind)}`,
      detail: `To ${row.to}, ${row.state}${row.problem ? `: ${row.problem}` : ''}`,
      tone: isUndelivered(row.state) ? ('danger' as const) : ('neutral' as const),
      href: null,
    })),
    ...deeds.map((row) => ({
      id: row._id.toString(),
      source: 'deed' as const,
      at: row.at.toISOString(),
      title: row.action,
      detail: `${row.actor.name}${row.result === 'ok' ? '' : `, ${row.result}`}`,
      tone: row.result === 'ok' ? ('neutral' as const) : ('warning' as const),
      href: null,
    })),
  ];
}

/** Payments of a customer past a place, newest first; Stripe knows seconds. */
async function payments(customer: string, place: TimelinePlace | null): Promise<TimelineEntry[]> {
  const created = place ? { lte: Math.floor(place.at.getTime() / 1_000) } : undefined;
  const { data } = await stripe().charges.list(
    { customer, limit: 100, ...(created ? { created } : {}) },
    READ,
  );
  const how = past(place, 'payment');
  return data
    .map((charge): TimelineEntry => {
      const sum = formatMoney(charge.amount, charge.currency);
      const back = charge.amount_refunded;
      const isPaid = charge.status === 'succeeded';
      return {
        id: charge.id,
        source: 'payment',
        at: new Date(charge.created * 1_000).toISOString(),
        title: isPaid ? `${sum} paid` : `${sum} not paid`,
        detail:
          [
            charge.failure_message,
            back > 0 ? `${formatMoney(back, charge.currency)} given back` : null,
            charge.disputed ? 'disputed' : null,
          ]
            .filter(Boolean)
            .join(', ') || null,
        tone: !isPaid || charge.disputed ? 'danger' : back > 0 ? 'warning' : 'success',
        href: null,
      };
    })
    .filter(({ at, id }) => {
      if (!place) return true;
      const moment = place.at.toISOString();
      if (at !== moment) return at < moment;
      return how === 'after' && id < place.id;
    });
}

/**
 * Everything that happened with a customer, newest first, 30 a page: money, tickets, notes, mails and what
 * the company did. Without its payments while Stripe cannot be asked.
 * @throws AppError NOT_FOUND
 */
export async function listTimeline(_ctx: PlatformContext, organizationId: string, query: TimelineQuery) {
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('organizationName')
    .lean();
  if (!organization) throw notFoundError('organization');
  const place = placeOf(query.after);
  const customer = await findCustomerId(organizationId);
  const [own, paid] = await Promise.all([
    ownHistory(organizationId, place),
    customer
      ? payments(customer, place).catch((error: unknown) => {
          if (!isOutOfReach(error)) throw error;
          logger.warn({ err: error, organizationId }, 'Stripe cannot be reached; no payments are shown');
          return null;
        })
      : [],
  ]);
  const all = [...own, ...(paid ?? [])].sort(inOrder);
  const entries = all.slice(0, PAGE_SIZE);
  const last = entries.at(-1);
  return {
    name: organization.organizationName,
    entries,
    hasMoney: paid !== null,
    isFirst: place === null,
    after: last && all.length > PAGE_SIZE ? encodeCursor([last.at, last.source, last.id]) : null,
  };
}
