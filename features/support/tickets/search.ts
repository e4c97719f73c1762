import 'server-only';
import type { QueryFilter } from 'mongoose';
import type { PlatformContext } from '@/lib/actions/platform';
import { escapeRegExp, op } from '@/lib/mongo';
import { matchCustomers } from '@/lib/organizations/find-customers';
import { foldName } from '@/lib/organizations/fold-name';
import { organizationNames } from '@/lib/organizations/names';

import type { TicketRow } from './dto';
import { ticketMessageModel, ticketModel } from './model';

const SEARCHED = 1_000;
const FIELDS = 'number subject organizationId openedByName assigneeName';

/** With their accents, as messages are stored as they were written. */
const wordsOf = (q: string): string[] => q.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);

const newest = (filter: QueryFilter<TicketRow>) =>
  ticketModel.find(filter).sort({ lastMessageAt: -1, _id: -1 }).limit(SEARCHED).select(FIELDS).lean();

/**
 * Tickets by their number; by each word in the subject or in a name, or in one message of the thread, among
 * the thousand that were written in last; and all of the customers who are meant. The newest word first.
 */
async function readMatches(q: string) {
  const words = foldName(q).split(' ').filter(Boolean);
  if (words.length === 0) return [];
  const number = Number(/^#?(\d{1,9})$/.exec(q.trim())?.[1] ?? Number.NaN);
  const customers = await matchCustomers(q);
  const [recent, theirs, numbered] = await Promise.all([
    newest({}),
    customers.length > 0 ? newest({ organizationId: op({ $in: customers.slice(0, SEARCHED) }) }) : [],
    Number.isNaN(number) ? [] : newest({ number }),
  ]);
  const isSaid = (row: (typeof recent)[number]): boolean => {
    const text = foldName(`${row.subject} ${row.openedByName} ${row.assigneeName ?? ''}`);
    return words.every((word) => text.includes(word));
  };
  const written = await ticketMessageModel
    .find({
      ticketId: op({ $in: recent.map(({ _id }) => _id) }),
      $and: wordsOf(q).map((word) => ({ text: new RegExp(escapeRegExp(word), 'i') })),
    })
    .select('ticketId')
    .lean();
  const inThread = new Set(written.map(({ ticketId }) => ticketId.toString()));
  const found = [
    ...numbered,
    ...theirs,
    ...recent.filter((row) => isSaid(row) || inThread.has(row._id.toString())),
  ];
  return [...new Map(found.map((row) => [row._id.toString(), row])).values()];
}

/** The ids, for the desk, which puts them in its own order. */
export const matchTickets = async (q: string) => (await readMatches(q)).map(({ _id }) => _id);

/** The first of them with whose they are, for the search from anywhere. */
export async function findTicketsBy(_ctx: PlatformContext, q: string, most: number) {
  const found = (await readMatches(q)).slice(0, most);
  const names = await organizationNames(found.map(({ organizationId }) => organizationId));
  return found.map(({ _id, number, subject, organizationId }) => ({
    id: _id.toString(),
    number,
    subject,
    organizationName: names.get(organizationId.toString())?.name ?? 'Deleted',
  }));
}
