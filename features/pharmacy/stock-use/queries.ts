import 'server-only';
import { op } from '@/lib/mongo';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { type Day, monthOf, shiftMonth, today } from '@/lib/time';
import { dayRange } from '@/lib/wall-clock';
import { stockMonthModel } from './model';
import { type DayUse, fromStored, later, type StockSpan, spanOf, stretchOf } from './policy';
import { readSince, rollUpUse } from './roll-up';

type Scope = { db: TenantDatabase; timeZone: string };

/** The finds behind a stretch of months: whole ones by their sums, and those that are cut day by day. */
export const findMonths = ({ db }: Pick<Scope, 'db'>, from: string, to: string) =>
  stockMonthModel({ db }).find({ month: op({ $gte: from, $lte: to }) });

/** What was used of a medicine in a stretch of days, and when something was given out the last time. */
export type Use = { given: number; costMinor: number; unknown: number; lastAt: Date | null };

/** What stands beside the days of a month: they are most of it, and a year is summed up without them. */
const SUMS = 'medicineId throughDay lastAt given costMinor unknown';

/** What was used of each medicine from a day up to now: months that are whole by their sums. */
export async function readUse(scope: Scope, from: Day, now = new Date()): Promise<Map<string, Use>> {
  const state = await rollUpUse(scope, now);
  const cut = from.endsWith('-01') ? null : monthOf(from);
  const [whole, begun, since] = await Promise.all([
    findMonths(scope, cut ? shiftMonth(cut, 1) : monthOf(from), '9999-12')
      .select(SUMS)
      .lean(),
    cut ? findMonths(scope, cut, cut).lean() : [],
    readSince(scope, state, { from, now }),
  ]);
  const used = new Map<string, Use>();
  const add = (medicineId: string, use: Use) => {
    const before = used.get(medicineId) ?? { given: 0, costMinor: 0, unknown: 0, lastAt: null };
    used.set(medicineId, {
      given: before.given + use.given,
      costMinor: before.costMinor + use.costMinor,
      unknown: before.unknown + use.unknown,
      lastAt: later(before.lastAt, use.lastAt),
    });
  };
  // Somebody else may have rolled up further since: a day counts once.
  const through = new Map<string, Day>();
  for (const { _id, medicineId, throughDay: last, lastAt, given, costMinor, unknown } of whole) {
    through.set(_id, last);
    add(medicineId.toString(), { given, costMinor, unknown, lastAt: lastAt ?? null });
  }
  const { start } = dayRange(from, scope.timeZone);
  for (const { _id, month, medicineId, throughDay: last, days, lastAt } of begun) {
    through.set(_id, last);
    for (const [day, use] of daysOf(month, days))
      if (day >= from)
        add(medicineId.toString(), { ...use, lastAt: lastAt && lastAt >= start ? lastAt : null });
  }
  for (const { medicineId, day, ...use } of since)
    if (day > (through.get(`${monthOf(day)}:${medicineId}`) ?? '')) add(medicineId, use);
  return used;
}

const daysOf = (month: string, days: Record<string, number[]>): [Day, DayUse][] =>
  Object.entries(days).map(([day, stored]) => [`${month}-${day}`, fromStored(stored)]);

/** What a month of a medicine is without its days. */
const SPAN = 'month medicineId throughDay given before after daysThere';

/**
 * What went out of each medicine from a day up to now, and on how many days it was there; asked by its id and
 * what is on hand now. Months that are whole by their sums, one that is cut and what moved since by day.
 */
export async function readStretch(
  scope: Scope,
  from: Day,
  now = new Date(),
): Promise<(medicineId: string, onHandNow: number) => { given: number; daysThere: number }> {
  const state = await rollUpUse(scope, now);
  const cut = from.endsWith('-01') ? null : monthOf(from);
  const [whole, begun, since] = await Promise.all([
    findMonths(scope, cut ? shiftMonth(cut, 1) : monthOf(from), '9999-12')
      .select(SPAN)
      .lean(),
    cut ? findMonths(scope, cut, cut).select('month medicineId throughDay days').lean() : [],
    readSince(scope, state, { from, now }),
  ]);
  const spans = new Map<string, StockSpan[]>();
  const put = (medicineId: string, span: StockSpan) =>
    spans.set(medicineId, [...(spans.get(medicineId) ?? []), span]);
  // Somebody else may have rolled up further since: a day counts once.
  const through = new Map<string, Day>();
  for (const { _id, month, medicineId, throughDay, days } of begun) {
    through.set(_id, throughDay);
    for (const [day, use] of daysOf(month, days))
      if (day >= from) put(medicineId.toString(), spanOf(day, use));
  }
  for (const { _id, month, medicineId, throughDay, given, before, after, daysThere } of whole) {
    through.set(_id, throughDay);
    const span = { from: `${month}-01`, to: throughDay, given, before, after, daysThere };
    put(medicineId.toString(), span);
  }
  for (const { medicineId, day, ...use } of since)
    if (day > (through.get(`${monthOf(day)}:${medicineId}`) ?? '')) put(medicineId, spanOf(day, use));
  const to = today(scope.timeZone, now);
  return (medicineId, onHandNow) => {
    const own = (spans.get(medicineId) ?? []).sort((a, b) => a.from.localeCompare(b.from));
    return stretchOf(own, { from, to, onHandNow });
  };
}
