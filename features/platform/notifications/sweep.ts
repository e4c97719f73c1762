import 'server-only';
import type { Types } from 'mongoose';
import { listOverdueBackups } from '@/features/fleet/operations/queries';
import { listMissed } from '@/features/fleet/service-levels/queries';
import { customerNoteModel } from '@/features/platform/customer-notes/model';
import { inPercent } from '@/features/subscription/quotes/policy';
import { ticketMessageModel, ticketModel } from '@/features/support/tickets/model';
import { duplicateKey } from '@/lib/errors';
import { cellModel } from '@/lib/master/models/cell';
import { organizationModel } from '@/lib/master/models/organization';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { formatMoney } from '@/lib/money';
import { op } from '@/lib/mongo';
import { organizationNames } from '@/lib/organizations/names';
import { PLATFORM, paths } from '@/lib/paths';
import { stateOf } from '@/lib/provisioning/capacity';
import { toFacts } from '@/lib/provisioning/cells';
import { dayOf, formatDay, monthOf } from '@/lib/time';
import { noticeModel } from './model';
import type { NoticeKind } from './policy';

const DAY_MS = 24 * 3_600_000;
const MOST = 200;

type Found = {
  key: string;
  kind: NoticeKind;
  title: string;
  detail?: string;
  href: string;
  forId?: Types.ObjectId;
};

/** The finds behind the sweep; apart, so that a test can ask how they are answered. */
export function findNews(now: Date) {
  const since = new Date(now.getTime() - DAY_MS);
  return {
    tickets: ticketModel
      .find({ lastMessageAt: op({ $gte: since }), createdAt: op({ $gte: since }) })
      .sort({ lastMessageAt: -1, _id: -1 })
      .limit(MOST),
    requests: organizationModel
      .find({ status: 'requested', createdAt: op({ $gte: new Date(now.getTime() - 30 * DAY_MS) }) })
      .sort({ createdAt: -1, _id: -1 })
      .limit(MOST),
    offers: organizationModel
      .find({ 'offerRequest.at': op({ $gt: new Date(now.getTime() - 30 * DAY_MS) }) })
      .sort({ 'offerRequest.at': -1 })
      .limit(MOST),
    payments: organizationModel
      .find({ 'nonPayment.nextStageAt': op({ $lte: new Date(now.getTime() + 366 * DAY_MS) }) })
      .sort({ 'nonPayment.nextStageAt': 1 })
      .limit(MOST),
    disputes: organizationModel
      .find({ 'billingAlarm.since': op({ $lte: now }) })
      .sort({ 'billingAlarm.since': 1 })
      .limit(MOST),
    remarks: ticketMessageModel
      .find({ mentionedAt: op({ $gte: since }) })
      .sort({ mentionedAt: -1 })
      .limit(MOST),
    notes: customerNoteModel
      .find({ mentionedAt: op({ $gte: since }) })
      .sort({ mentionedAt: -1 })
      .limit(MOST),
    stuck: provisioningModel.find({ finishedAt: null }).sort({ createdAt: 1 }).limit(MOST),
  };
}

const page = (id: { toString(): string }): string => paths.platformOrganization(id.toString());

async function ofCustomers(now: Date): Promise<Found[]> {
  const finds = findNews(now);
  const [tickets, requests, offers, payments, disputes] = await Promise.all([
    finds.tickets.select('number subject priority organizationId').lean(),
    finds.requests.select('organizationName salesNote').lean(),
    finds.offers.select('organizationName offerRequest').lean(),
    finds.payments.select('organizationName nonPayment subscription.currency').lean(),
    finds.disputes.select('organizationName billingAlarm').lean(),
  ]);
  const names = await organizationNames(tickets.map(({ organizationId }) => organizationId));
  return [
    ...tickets.map(
      (row): Found => ({
        key: `ticket:${row._id}`,
        kind: 'ticket',
        title: `Ticket #${row.number}: ${row.subject}`,
        detail: `${names.get(row.organizationId.toString())?.name ?? 'A customer'}, ${row.priority}`,
        href: paths.platformTicket(row._id.toString()),
      }),
    ),
    ...requests.map(
      (row): Found => ({
        key: `request:${row._id}`,
        kind: 'request',
        title: `${row.organizationName} asks for an Enterprise offer`,
        ...(row.salesNote ? { detail: row.salesNote } : {}),
        href: page(row._id),
      }),
    ),
    ...offers.map(
      (row): Found => ({
        key: `request:${row._id}:${row.offerRequest?.at.getTime() ?? 0}`,
        kind: 'request',
        title: `${row.organizationName} asks to be moved up to Enterprise`,
        detail: `${row.offerRequest?.expectedUsers ?? 0} people; ${row.offerRequest?.seats ?? 0} accounts in use`,
        href: page(row._id),
      }),
    ),
    ...payments.map((row): Found => {
      const { since, owedCents } = row.nonPayment ?? {};
      return {
        key: `payment:${row._id}:${since?.getTime() ?? 0}`,
        kind: 'payment',
        title: `A payment of ${row.organizationName} has failed`,
        ...(owedCents ? { detail: `${formatMoney(owedCents, row.subscription?.currency)} is open` } : {}),
        href: page(row._id),
      };
    }),
    ...disputes
      .filter(({ billingAlarm }) => billingAlarm?.kind === 'dispute')
      .map(
        (row): Found => ({
          key: `dispute:${row._id}:${row.billingAlarm?.since?.getTime() ?? 0}`,
          kind: 'dispute',
          title: `${row.organizationName} disputes a payment`,
          ...(row.billingAlarm?.detail ? { detail: row.billingAlarm.detail } : {}),
          href: page(row._id),
        }),
      ),
  ];
}

/** A notice for each whom a note names. What the note says goes with its customer, so it is not repeated. */
async function ofMentions(now: Date): Promise<Found[]> {
  const { remarks: findRemarks, notes: findNotes } = findNews(now);
  const [remarks, notes] = await Promise.all([
    findRemarks.select('ticketId name mentionedIds').lean(),
    findNotes.select('organizationId byName mentionedIds').lean(),
  ]);
  const [tickets, names] = await Promise.all([
    ticketModel
      .find({ _id: op({ $in: remarks.map(({ ticketId }) => ticketId) }) })
      .select('number')
      .lean(),
    organizationNames(notes.map(({ organizationId }) => organizationId)),
  ]);
  const numberOf = new Map(tickets.map(({ _id, number }) => [_id.toString(), number]));
  const each = (
    ids: readonly Types.ObjectId[] | null | undefined,
    of: string,
    rest: { title: string; href: string },
  ) =>
    (ids ?? []).map((forId): Found => ({ key: `mention:${of}:${forId}`, kind: 'mention', forId, ...rest }));
  return [
    ...remarks.flatMap(({ _id, ticketId, name, mentionedIds }) => {
      const number = numberOf.get(ticketId.toString());
      if (number === undefined) return [];
      return each(mentionedIds, _id.toString(), {
        title: `${name} names you in a note on ticket #${number}`,
        href: paths.platformTicket(ticketId.toString()),
      });
    }),
    ...notes.flatMap(({ _id, organizationId, byName, mentionedIds }) =>
      each(mentionedIds, _id.toString(), {
        title: `${byName} names you in a note on ${names.get(organizationId.toString())?.name ?? 'a customer'}`,
        href: page(organizationId),
      }),
    ),
  ];
}

async function ofMachines(now: Date): Promise<Found[]> {
  const [stuck, cells] = await Promise.all([
    findNews(now).stuck.select('organizationId step needsOperator').lean(),
    cellModel.find().lean(),
  ]);
  const waiting = stuck.filter(({ needsOperator }) => needsOperator);
  const names = await organizationNames(waiting.map(({ organizationId }) => organizationId));
  return [
    ...waiting.map(
      (row): Found => ({
        key: `stuck:${row.organizationId}:${row.step}`,
        kind: 'stuck',
        title: `The set-up of ${names.get(row.organizationId.toString())?.name ?? 'an organization'} is stuck`,
        detail: `After the step ${row.step.replaceAll('_', ' ')}`,
        href: page(row.organizationId),
      }),
    ),
    ...cells
      .map(toFacts)
      .map((facts) => ({ id: facts.id, state: stateOf(facts) }))
      .filter(({ state }) => state === 'filling' || state === 'full')
      .map(
        ({ id, state }): Found => ({
          // Once a month while it lasts.
          key: `cell:${id}:${state}:${monthOf(dayOf(now, 'UTC'))}`,
          kind: 'cell',
          title: state === 'full' ? `${id} is full: nobody is placed there` : `${id} is filling up`,
          href: PLATFORM.databases,
        }),
      ),
  ];
}

async function ofBackups(now: Date): Promise<Found[]> {
  const overdue = await listOverdueBackups(now);
  return overdue.map(
    ({ id, name, lastAt }): Found => ({
      key: `backup:${id}:${lastAt?.getTime() ?? 0}`,
      kind: 'backup',
      title: `The backup of ${name} is overdue`,
      detail: lastAt ? `The last one is of ${formatDay(dayOf(lastAt, 'UTC'))}` : 'There is none',
      href: page(id),
    }),
  );
}

async function ofServiceLevels(now: Date): Promise<Found[]> {
  const missed = await listMissed(now);
  const names = await organizationNames(missed.map(({ organizationId }) => organizationId));
  return missed.map(
    ({ organizationId, month, measured, promised, creditPercent }): Found => ({
      key: `service-level:${organizationId}:${month}`,
      kind: 'service-level',
      title: `${names.get(organizationId)?.name ?? 'A customer'} had less than was promised in ${month}`,
      detail: `${inPercent(measured ?? 0)} of ${inPercent(promised)}; a credit of ${creditPercent} % of a month is due`,
      href: page(organizationId),
    }),
  );
}

/**
 * Writes a notice of each thing that is new since the last sweep. What is wrong is read from where it is
 * kept, so that no part of the product has to know whom it concerns. @returns how many are new.
 */
export const sweepNotices = async (at?: Date): Promise<number> => {
  const now = at ?? new Date();
  return writeNew([...(await ofCustomers(now)), ...(await ofMentions(now)), ...(await ofMachines(now))], at);
};

/** Apart from the others: what is of a night or of a month is not looked for each minute. */
export const sweepOverdue = async (at?: Date): Promise<number> =>
  writeNew([...(await ofBackups(at ?? new Date())), ...(await ofServiceLevels(at ?? new Date()))], at);

/** Each with the moment of its own writing: who saw all up to a moment, or was mailed them, misses none. */
async function writeNew(found: readonly Found[], at?: Date): Promise<number> {
  const known = new Set(
    (
      await noticeModel
        .find({ key: op({ $in: found.map(({ key }) => key) }) })
        .select('key')
        .lean()
    ).map(({ key }) => key),
  );
  let written = 0;
  // The rest are new the next time: a few each run, and none of them is left out.
  for (const one of found.filter(({ key }) => !known.has(key)).slice(0, MOST)) {
    try {
      await noticeModel.create({ ...one, at: at ?? new Date() });
      written++;
    } catch (error) {
      // Another process was quicker.
      if (!duplicateKey(error)) throw error;
    }
  }
  return written;
}
