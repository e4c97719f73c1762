import 'server-only';
import type { PipelineStage, Types } from 'mongoose';
import { movementModel } from '@/features/pharmacy/medicines/model';
import { duplicateKey } from '@/lib/errors';
import { groupBy } from '@/lib/group-by';
import { objectId, op } from '@/lib/mongo';
import { forEachTenant } from '@/lib/organizations/each';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { type Day, type Month, monthOf, shiftDay, shiftMonth, today } from '@/lib/time';
import { dayRange } from '@/lib/wall-clock';
import { stockMonthModel, stockMonthStateModel } from './model';
import {
  type DayPart,
  daysOfPart,
  joinDays,
  joinSpans,
  type LedgerDay,
  spanOf,
  toPart,
  toStored,
} from './policy';

type Scope = { db: TenantDatabase; timeZone: string };
type Stretch = { start: Date; end: Date };

type Row = Omit<LedgerDay, 'medicineId' | 'day' | 'before' | 'after'> & {
  _id: { medicineId: Types.ObjectId; day: Day };
  first: { before: number };
  last: { onHand: number };
};

const IS_USE = { $in: ['$kind', ['dispense', 'return']] };
/** What stands in quarantine or is on its way is not on hand. */
const ON_SHELF = { $cond: [{ $ifNull: ['$place', false] }, 0, '$quantity'] };
const BEFORE = { $subtract: ['$onHandAfter', ON_SHELF] };
const ifUse = (value: unknown) => ({ $cond: [IS_USE, value, 0] });

const between = (from: Day, to: Day, timeZone: string): Stretch => ({
  start: dayRange(from, timeZone).start,
  end: dayRange(to, timeZone).end,
});

/** The find behind the days of a stretch of the ledger. */
export const findMovedIn = ({ db }: Pick<Scope, 'db'>, { start, end }: Stretch) =>
  movementModel({ db }).find({ at: op({ $gte: start, $lt: end }) });

/** What moved of each medicine on each day of a stretch, from the ledger itself. */
async function readLedgerDays(scope: Scope, stretch: Stretch): Promise<LedgerDay[]> {
  const stages: PipelineStage[] = [
    { $match: findMovedIn(scope, stretch).getFilter() },
    {
      $group: {
        _id: {
          medicineId: '$medicineId',
          day: { $dateToString: { date: '$at', format: '%Y-%m-%d', timezone: scope.timeZone } },
        },
        given: { $sum: ifUse({ $multiply: ['$quantity', -1] }) },
        costMinor: { $sum: ifUse({ $multiply: [{ $ifNull: ['$costMinor', 0] }, -1] }) },
        unknown: { $sum: ifUse({ $cond: [{ $eq: [{ $ifNull: ['$costMinor', null] }, null] }, 1, 0] }) },
        lastAt: { $max: { $cond: [{ $eq: ['$kind', 'dispense'] }, '$at', null] } },
        most: { $max: { $max: ['$onHandAfter', BEFORE] } },
        // Of one moment the one that was written first comes first.
        first: { $min: { at: '$at', id: '$_id', before: BEFORE } },
        last: { $max: { at: '$at', id: '$_id', onHand: '$onHandAfter' } },
      },
    },
  ];
  const rows = await movementModel({ db: scope.db }).aggregate<Row>(stages);
  return rows.map(({ _id, first, last, ...use }) => ({
    ...use,
    ...{ medicineId: _id.medicineId.toString(), day: _id.day },
    ...{ before: first.before, after: last.onHand },
  }));
}

const STATE_ID = 'use';
/** Raised when a month says something that it did not say before. */
const SHAPE = 2;
/** More than is ever looked back on: the use of a year, from the middle of a month. */
const MONTHS = 14;
/** A movement is stored some seconds after the moment that it names, and never so many. */
const SETTLED_MS = 10 * 60_000;
/** So much of the ledger is read by everybody who asks, before somebody puts it into the part of today. */
export const UNREAD_MS = 30 * 60_000;

type State = { throughDay: Day; part: DayPart | null };

/**
 * Brings the months up to yesterday, and the part of today up to a while ago; who reads does it, and work
 * beforehand. What is over does not change in the ledger, so two who do it at once write the same.
 */
export async function rollUpUse(scope: Scope, now = new Date()): Promise<State> {
  const settled = new Date(now.getTime() - SETTLED_MS);
  const target = shiftDay(today(scope.timeZone, settled), -1);
  const row = await stockMonthStateModel(scope).findById(STATE_ID).lean();
  const known = row?.timeZone === scope.timeZone && row.shape === SHAPE ? row : null;
  const isBehind = !known || known.throughDay < target;
  if (isBehind) await rollUpMonths(scope, { known, isAnother: Boolean(row && !known) }, target);
  const throughDay = isBehind ? target : known.throughDay;
  const fromDay = shiftDay(throughDay, 1);
  const part = known?.part as DayPart | undefined;
  // Of two that are kept at once either is right: it says itself from when and until when it goes.
  if (part?.fromDay === fromDay && settled.getTime() - part.until.getTime() < UNREAD_MS)
    return { throughDay, part };
  const { start } = dayRange(fromDay, scope.timeZone);
  if (settled <= start) return { throughDay, part: null };
  const made = toPart(fromDay, settled, await readLedgerDays(scope, { start, end: settled }));
  await stockMonthStateModel(scope).updateOne(
    { _id: STATE_ID, throughDay, timeZone: scope.timeZone },
    { $set: { part: made } },
  );
  return { throughDay, part: made };
}

/** What moved since the months end, up to now: the part of today, and the ledger from there on. */
export async function readSince(
  scope: Scope,
  { throughDay, part }: State,
  { from, now }: { from: Day; now: Date },
): Promise<LedgerDay[]> {
  const { start, end } = between(shiftDay(throughDay, 1), today(scope.timeZone, now), scope.timeZone);
  const rest = await readLedgerDays(scope, { start: part?.until ?? start, end });
  return joinDays([...(part ? daysOfPart(part) : []), ...rest]).filter(({ day }) => day >= from);
}

async function rollUpMonths(
  scope: Scope,
  { known, isAnother }: { known: { throughDay: Day } | null; isAnother: boolean },
  target: Day,
): Promise<void> {
  const { db, timeZone } = scope;
  // Days by another clock are other days: all of it is counted once more.
  if (isAnother) {
    await stockMonthStateModel({ db }).deleteOne({ _id: STATE_ID });
    await stockMonthModel({ db }).deleteMany({});
  }
  const oldest = shiftMonth(monthOf(target), 1 - MONTHS);
  const next = known ? monthOf(shiftDay(known.throughDay, 1)) : oldest;
  for (let month = next > oldest ? next : oldest; month <= monthOf(target); month = shiftMonth(month, 1))
    await rollUpMonth(scope, month, target);
  const note = () =>
    stockMonthStateModel({ db }).updateOne(
      { _id: STATE_ID },
      { $set: { timeZone, shape: SHAPE }, $unset: { part: 1 }, $max: { throughDay: target } },
      { upsert: true },
    );
  // Of two who are the first, one finds that it is there by now.
  await note().catch((error: unknown) => {
    if (!duplicateKey(error)) throw error;
    return note();
  });
}

async function rollUpMonth(scope: Scope, month: Month, target: Day): Promise<void> {
  const last = shiftDay(`${shiftMonth(month, 1)}-01`, -1);
  const throughDay = last < target ? last : target;
  const days = await readLedgerDays(scope, between(`${month}-01`, throughDay, scope.timeZone));
  const rows = [...groupBy(days, ({ medicineId }) => medicineId)].map(([medicineId, own]) => ({
    updateOne: {
      // Who has read further has written what this would take back.
      filter: { _id: `${month}:${medicineId}`, throughDay: { $lte: throughDay } },
      update: {
        $set: {
          ...{ month, medicineId: objectId(medicineId), throughDay },
          ...sumsOf(own, { from: `${month}-01`, to: throughDay }),
        },
      },
      upsert: true,
    },
  }));
  if (rows.length === 0) return;
  // Of two who put one there at once, the second finds it; what is there still goes further and stays.
  for (const _ of ['put', 'found'])
    try {
      await stockMonthModel(scope).collection.bulkWrite(rows as never, { ordered: false });
      return;
    } catch (error) {
      if (!duplicateKey(error)) throw error;
    }
}

function sumsOf(days: readonly LedgerDay[], month: { from: Day; to: Day }) {
  const sum = (of: (day: LedgerDay) => number) => days.reduce((all, day) => all + of(day), 0);
  const [lastAt] = days.flatMap((day) => day.lastAt ?? []).sort((a, b) => b.getTime() - a.getTime());
  const spans = [...days].sort((a, b) => a.day.localeCompare(b.day)).map((day) => spanOf(day.day, day));
  const { before = 0, after = 0, daysThere = 0 } = joinSpans(spans, month) ?? {};
  return {
    ...{ before, after, daysThere },
    given: sum(({ given }) => given),
    costMinor: sum(({ costMinor }) => costMinor),
    unknown: sum(({ unknown }) => unknown),
    ...(lastAt ? { lastAt } : {}),
    days: Object.fromEntries(days.map((day) => [day.day.slice(8), toStored(day)])),
  };
}

/** The same for all organizations, so that nobody waits for the first page of a day; a job. */
export const rollUpAllUse = (): Promise<void> =>
  forEachTenant('the use of stock could not be rolled up', (tenant) => rollUpUse(tenant));
