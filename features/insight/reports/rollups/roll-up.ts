import 'server-only';
import { randomUUID } from 'node:crypto';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import { visitModel } from '@/features/frontdesk/queue/model';
import { dayChangeModel } from '@/features/patients/notes/model';
import { patientModel } from '@/features/patients/patients/model';
import { movementModel } from '@/features/pharmacy/medicines/model';
import { duplicateKey } from '@/lib/errors';
import { op } from '@/lib/mongo';
import { forEachTenant } from '@/lib/organizations/each';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { type Day, dayOf, shiftDay, today } from '@/lib/time';
import { type DaySummary, type Scope, summarizeDay } from './day';
import { rollupModel, rollupStateModel } from './model';
import { type PaperDay, summarizePapers } from './papers';
import { fromStored, toStored } from './stored';

/** A day is rolled up so long after its end: by then every write that began before midnight has ended. */
const SETTLED_AFTER_MS = 10 * 60_000;
/** Days that a reader rolls up itself before it answers; more is work for the job. */
const READER_DAYS = 62;
/** Days that are made side by side; none counts before all of them are written. */
const DAYS_AT_ONCE = 3;
const STATE = 'roll-ups';

/** Days of a branch stand behind those of all, which are days alone: no day begins with a letter. */
const prefixOf = ({ at }: Pick<Scope, 'at'>): string => (at === undefined ? '' : `b:${at}:`);
const keyOf = (scope: Scope, day: Day): string => `${prefixOf(scope)}${day}`;
const stateKey = ({ at }: Pick<Scope, 'at'>): string => (at === undefined ? STATE : `${STATE}:${at}`);
const atOfState = (key: string): string | undefined => key.split(':')[1];
/** Raised whenever a DaySummary or a PaperDay gets another figure: earlier summaries are made again. */
const SHAPE = 7;

const lastSettled = (scope: Scope, now: Date): Day =>
  shiftDay(dayOf(new Date(now.getTime() - SETTLED_AFTER_MS), scope.timeZone), -1);

/** All days of a scope, by their keys. */
const allOf = (scope: Scope) => ({ $gte: keyOf(scope, '0'), $lt: keyOf(scope, 'a') });

/** Writes the summary of a day as the records are now. @returns false when another process was faster. */
async function rollUpDay(scope: Scope, day: Day): Promise<boolean> {
  const rollups = rollupModel(scope);
  const _id = keyOf(scope, day);
  const before = await rollups.findById(_id).select('revision').lean();
  const [{ day: _, ...figures }, read] = await Promise.all([
    summarizeDay(scope, day),
    // Of all branches together: papers name none.
    scope.at === undefined ? summarizePapers(scope, day) : null,
  ]);
  const facts = toStored(figures);
  const papers = read ? { papers: JSON.stringify(read) } : {};
  if (before) {
    const { matchedCount } = await rollups.updateOne(
      { _id, revision: before.revision },
      { $set: { facts, ...papers }, $inc: { revision: 1 } },
    );
    return matchedCount === 1;
  }
  try {
    await rollups.create({ _id, revision: 1, facts, ...papers });
    return true;
  } catch (error) {
    if (duplicateKey(error)) return false;
    throw error;
  }
}

/** The first day on which anything is recorded; null in a new organization. */
async function firstDay(scope: Scope): Promise<Day | null> {
  const [visit, appointment, patient, movement] = await Promise.all([
    visitModel(scope).findOne().sort({ day: 1 }).select('day').lean(),
    appointmentModel(scope).findOne().sort({ day: 1 }).select('day').lean(),
    patientModel(scope).findOne().sort({ createdAt: 1 }).select('createdAt').lean(),
    movementModel(scope).findOne().sort({ at: 1 }).select('at').lean(),
  ]);
  const days = [
    visit?.day,
    appointment?.day,
    patient && dayOf(patient.createdAt, scope.timeZone),
    movement && dayOf(movement.at, scope.timeZone),
  ].filter((day) => typeof day === 'string');
  return days.sort()[0] ?? null;
}

/**
 * Brings the roll-ups up to date: first what the ledger of changes names, then the days that have ended
 * since. A new time zone moves midnight, so everything is made again.
 * @returns the day through which they now go.
 */
export async function bringUpToDate(
  scope: Scope,
  { now = new Date(), atMost = Number.POSITIVE_INFINITY }: { now?: Date; atMost?: number } = {},
): Promise<Day> {
  const states = rollupStateModel(scope);
  const target = lastSettled(scope, now);
  const stateId = stateKey(scope);
  const state = await states.findById(stateId).lean();
  const isCurrent = state?.timeZone === scope.timeZone && state.shape === SHAPE;
  let throughDay = isCurrent ? state.throughDay : null;
  // Who still works on summaries that were forgotten meanwhile must not say how far the new ones go.
  const run = (isCurrent ? state.run : null) ?? randomUUID();
  if (throughDay === null) {
    const first = (await firstDay(scope)) ?? target;
    await rollupModel(scope).deleteMany({ _id: op(allOf(scope)) });
    throughDay = first <= target ? shiftDay(first, -1) : target;
    await states.updateOne(
      { _id: stateId },
      { $set: { throughDay, timeZone: scope.timeZone, shape: SHAPE, run } },
      { upsert: true },
    );
  }
  await rollUpChanges(scope);
  for (let rolled = 0; throughDay < target && rolled < atMost; ) {
    const most = Math.min(DAYS_AT_ONCE, atMost - rolled);
    const days: Day[] = [];
    for (let day = shiftDay(throughDay, 1); day <= target && days.length < most; day = shiftDay(day, 1))
      days.push(day);
    await Promise.all(days.map((day) => rollUpDay(scope, day)));
    throughDay = days.at(-1) ?? target;
    rolled += days.length;
    await states.updateOne({ _id: stateId, run }, { $max: { throughDay } });
  }
  return throughDay;
}

/**
 * Makes the days again that were changed after their end, of all branches and of each that somebody has read.
 * A note goes only when its day was written everywhere after it was read.
 */
async function rollUpChanges(scope: Scope): Promise<void> {
  const notes = await dayChangeModel(scope).find().limit(1_000).lean();
  if (notes.length === 0) return;
  const states = await rollupStateModel(scope).find({}).lean();
  for (const changed of new Set(notes.map(({ day }) => day))) {
    const scopes = states
      .filter(({ throughDay }) => changed <= throughDay)
      .map(({ _id }) => ({ ...scope, at: atOfState(_id) }));
    const written = await Promise.all(scopes.map((one) => rollUpDay(one, changed)));
    if (written.includes(false)) continue;
    const $in = notes.filter(({ day }) => day === changed).map(({ _id }) => _id);
    await dayChangeModel(scope).deleteMany({ _id: op({ $in }) });
  }
}

/** Makes every roll-up again when they are next read. */
export async function forgetRollups(scope: { db: TenantDatabase }): Promise<void> {
  await rollupStateModel(scope).deleteMany({});
}

/** Forgets every roll-up and makes them from the records. @returns how many days. */
export async function rebuildRollups(scope: Scope, now = new Date()): Promise<number> {
  await forgetRollups(scope);
  await bringUpToDate(scope, { now });
  return rollupModel(scope).countDocuments({ _id: op(allOf(scope)) });
}

/** The hourly run over all organizations. */
export const rollUpAll = (): Promise<void> =>
  forEachTenant('reports could not be rolled up', async (tenant) => {
    await bringUpToDate(tenant);
    const alone = await rollupStateModel(tenant)
      .find({ _id: op({ $ne: STATE }) })
      .select('_id')
      .lean();
    for (const { _id } of alone) await bringUpToDate({ ...tenant, at: atOfState(_id) });
  });

type Figure = Exclude<keyof DaySummary, 'day'>;

export type Summaries<F extends Figure = Figure> = {
  days: Pick<DaySummary, F | 'day'>[];
  /**
   * Set while older days are still being rolled up: the figures lack what came after this day and before
   * today.
   */
  preparedThrough: Day | null;
};

type DayRange = { from: Day; to: Day };

/** Brings the roll-ups up to date as far as a reader waits for it. */
const readyThrough = (scope: Scope, now: Date): Promise<Day> =>
  bringUpToDate(scope, { now, atMost: READER_DAYS });

/**
 * Which days of a range are read live, once its roll-ups go through a day: the day or two that have not
 * ended, and all since them where older ones are still being made.
 */
function openDays({ timeZone }: Scope, throughDay: Day, range: DayRange, now: Date) {
  const present = today(timeZone, now);
  const last = range.to < present ? range.to : present;
  const isPrepared = shiftDay(throughDay, 2) >= present;
  const firstOpen = isPrepared ? shiftDay(throughDay, 1) : present;
  const days: Day[] = [];
  for (let day = firstOpen < range.from ? range.from : firstOpen; day <= last; day = shiftDay(day, 1))
    days.push(day);
  return { days, preparedThrough: isPrepared || last <= throughDay ? null : throughDay };
}

const rowsOf = (scope: Scope, { from, to }: DayRange) =>
  rollupModel(scope)
    .find({ _id: op({ $gte: keyOf(scope, from), $lte: keyOf(scope, to) }) })
    .sort({ _id: 1 });

/**
 * For a page that reads several ranges: what has to be made before any is read is made once.
 * @returns a reader of one summary for each day of a range, in order: roll-ups for the days that have ended,
 * the records themselves for the day or two that have not. The work does not grow with the number of visits.
 * A long range names the figures that it needs.
 */
export async function summariesReader(scope: Scope, now = new Date()) {
  const throughDay = await readyThrough(scope, now);
  return async <F extends Figure = Figure>(
    range: DayRange,
    figures?: readonly F[],
  ): Promise<Summaries<F>> => {
    const open = openDays(scope, throughDay, range, now);
    const [rows, live] = await Promise.all([
      rowsOf(scope, range)
        .select(figures ? figures.map((figure) => `facts.${figure}`).join(' ') : 'facts')
        .lean(),
      Promise.all(open.days.map((day) => summarizeDay(scope, day))),
    ]);
    const ended = rows.map(
      ({ _id, facts }) =>
        ({ ...fromStored(facts), day: _id.slice(prefixOf(scope).length) }) as unknown as Pick<
          DaySummary,
          F | 'day'
        >,
    );
    return { days: [...ended, ...live], preparedThrough: open.preparedThrough };
  };
}

/** One range of them. */
export const readSummaries = async <F extends Figure = Figure>(
  scope: Scope,
  range: DayRange,
  now = new Date(),
  figures?: readonly F[],
): Promise<Summaries<F>> => (await summariesReader(scope, now))(range, figures);

/** The same of what was prescribed, printed and handed out. */
export async function readPaperDays(
  scope: Scope,
  range: DayRange,
  now = new Date(),
): Promise<{ days: PaperDay[]; preparedThrough: Day | null }> {
  const open = openDays(scope, await readyThrough(scope, now), range, now);
  const days: PaperDay[] = [];
  // Row by row: what is held of years are their figures, and the text of one day beside them.
  for await (const { papers } of rowsOf(scope, range).select('papers').lean().cursor())
    if (papers) days.push(JSON.parse(papers));
  for (const day of open.days) days.push(await summarizePapers(scope, day));
  return { days, preparedThrough: open.preparedThrough };
}
