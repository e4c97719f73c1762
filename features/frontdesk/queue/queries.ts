import 'server-only';
import type { Patient } from '@/features/patients/patients/dto';
import { findNamesakes } from '@/features/patients/patients/queries';
import { likeness } from '@/features/patients/patients/sounds';
import { recordOpening } from '@/lib/audit/opening';
import { branchIdOf } from '@/lib/branches';
import { notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import { atBranch, hereOnly } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { type Day, today } from '@/lib/time';
import { dayRange, yearRange } from '@/lib/wall-clock';
import { type BoardToken, type QueueEntry, toBoardToken, toQueueEntry, toVisit, type Visit } from './dto';
import { queueEntryModel, queueStateModel, visitModel } from './model';
import { type EstimatedWait, estimateWait, type Station, waitingMinutes } from './policy';

const QUEUE_LIMIT = 500;
const SEEN_LIMIT = 200;
const VISITS_LIMIT = 50;
/** Nobody comes more often. */
const VISITS_OF_YEAR = 366;
const LEFT_OPEN_SHOWN = 20;
/** More steps than a hospital has in a day. */
const BEGINNINGS_LIMIT = 5_000;

/** Grows with every change of the queue; 0 before the first. */
export async function readQueueVersion(ctx: { db: TenantDatabase }): Promise<number> {
  const state = await queueStateModel(ctx).findById('queue').lean();
  return state?.version ?? 0;
}

const openEntries = (ctx: TenantContext, day: Day, branchId = ctx.branch.id) =>
  queueEntryModel(ctx)
    .find({ day, isOpen: true, ...atBranch(ctx, branchId) })
    .sort({ priorityRank: 1, queuedAt: 1, _id: 1 })
    .limit(QUEUE_LIMIT)
    .lean();

export type Queue = {
  day: Day;
  /** The instant of the reading, for clocks on the page. */
  now: string;
  version: number;
  entries: QueueEntry[];
  seenToday: number;
  /** Visits that an earlier day left open, and the first of them, the newest day first. */
  openFromBefore: number;
  leftOpen: Visit[];
};

/** Today's open steps at the actor's branch in order of turn, all stations. At most 500. */
export async function listQueue(ctx: TenantContext, now = new Date()): Promise<Queue> {
  const day = today(ctx.timeZone, now);
  // The version first: a change in between is then noticed, not missed.
  const version = await readQueueVersion(ctx);
  const [rows, seenToday, leftOpen] = await Promise.all([
    openEntries(ctx, day),
    countSeen(ctx, day),
    findLeftOpen(ctx, day).lean(),
  ]);
  const isAll = leftOpen.length < LEFT_OPEN_SHOWN;
  const openFromBefore = isAll
    ? leftOpen.length
    : await visitModel(ctx).countDocuments(leftOpenFilter(ctx, day));
  return {
    day,
    now: now.toISOString(),
    version,
    entries: rows.map(toQueueEntry),
    seenToday,
    openFromBefore,
    leftOpen: leftOpen.map(toVisit),
  };
}

const leftOpenFilter = (ctx: TenantContext, day: Day) => ({
  status: 'in-progress' as const,
  day: op({ $lt: day }),
  ...hereOnly(ctx),
});

/** Who an earlier day has left open: somebody who is treated over midnight is still here. */
export const findLeftOpen = (ctx: TenantContext, day: Day) =>
  visitModel(ctx).find(leftOpenFilter(ctx, day)).sort({ day: -1 }).limit(LEFT_OPEN_SHOWN);

const countSeen = (ctx: TenantContext, day: Day): Promise<number> =>
  visitModel(ctx).countDocuments({ status: 'finished', day, ...hereOnly(ctx) });

/** Those who are through today or left, newest first. At most 200. */
export async function listEndedToday(ctx: TenantContext, now = new Date()): Promise<Visit[]> {
  const day = today(ctx.timeZone, now);
  const { start } = dayRange(day, ctx.timeZone);
  const rows = await visitModel(ctx)
    .find({ day, finishedAt: op({ $gte: start }), ...hereOnly(ctx) })
    .sort({ finishedAt: -1, _id: -1 })
    .limit(SEEN_LIMIT)
    .lean();
  return rows.map(toVisit);
}

export type Board = { day: Day; now: string; version: number; tokens: BoardToken[] };

/** What the waiting room sees of today's queue: tokens and initials, in order of turn. */
export async function listBoard(ctx: TenantContext, now = new Date()): Promise<Board> {
  const day = today(ctx.timeZone, now);
  const version = await readQueueVersion(ctx);
  const rows = await openEntries(ctx, day);
  return { day, now: now.toISOString(), version, tokens: rows.map(toBoardToken) };
}

export type VisitDetails = Visit & { steps: QueueEntry[]; now: string };

/** A visit with its steps in order. @throws AppError NOT_FOUND. */
export async function getVisit(ctx: TenantContext, visitId: string, now = new Date()): Promise<VisitDetails> {
  const _id = objectId(visitId, 'visit');
  const [visit, steps] = await Promise.all([
    visitModel(ctx).findById(_id).lean(),
    queueEntryModel(ctx).find({ visitId: _id }).sort({ sequence: 1 }).limit(100).lean(),
  ]);
  if (!visit) throw notFoundError('visit');
  return { ...toVisit(visit), steps: steps.map(toQueueEntry), now: now.toISOString() };
}

/** The find behind how fast a line has moved today. */
export const findBeginnings = (ctx: TenantContext, day: Day, now: Date, branchId = ctx.branch.id) =>
  queueEntryModel(ctx)
    .find({ day, ...atBranch(ctx, branchId), startedAt: op({ $exists: true, $lte: now }) })
    .limit(BEGINNINGS_LIMIT)
    .select('station doctorId startedAt waitingSince');

/**
 * How long a visit that waits now will go on waiting; null where nobody can say. Only who waits for the same
 * doctor stands in the same line, and who waits for any doctor stands in all of them.
 */
export async function estimateWaitOf(
  ctx: TenantContext,
  { day, steps, branchId }: Pick<VisitDetails, 'day' | 'steps' | 'branchId'>,
  now = new Date(),
): Promise<EstimatedWait | null> {
  const step = steps.find(({ status }) => status === 'waiting');
  if (!step || day !== today(ctx.timeZone, now)) return null;
  const { station } = step;
  const isOfLine = (doctorId: string | null) =>
    station !== 'doctor' || step.doctorId === null || doctorId === null || doctorId === step.doctorId;
  const [open, begun] = await Promise.all([
    openEntries(ctx, day, branchId),
    findBeginnings(ctx, day, now, branchId).lean(),
  ]);
  const line = open.filter(
    (row) =>
      row.station === station && row.status !== 'in-progress' && isOfLine(row.doctorId?.toString() ?? null),
  );
  const place = line.findIndex(({ _id }) => _id.toString() === step.id);
  if (place < 0) return null;
  const beginnings = begun
    .filter((row) => row.station === station && isOfLine(row.doctorId?.toString() ?? null))
    // The check-in at the desk is written as a step that nobody waited for.
    .filter(({ startedAt, waitingSince }) => startedAt && startedAt > waitingSince)
    .flatMap(({ startedAt }) => startedAt?.getTime() ?? []);
  return estimateWait(place, beginnings, now.getTime(), step.readyAt ? Date.parse(step.readyAt) : null);
}

/** At which branch a visit is; nothing is asked where there is one alone. Unknown: where the actor is. */
export async function branchOfVisit(ctx: TenantContext, visitId: string | null | undefined): Promise<string> {
  if (ctx.branches.length < 2 || !visitId) return ctx.branch.id;
  const row = await visitModel(ctx).findById(objectId(visitId, 'visit')).select('branchId').lean();
  return row ? branchIdOf(row) : ctx.branch.id;
}

/** For the visit's page: reading it is an event of the audit log. @throws AppError NOT_FOUND. */
export async function openVisit(ctx: TenantContext, visitId: string): Promise<VisitDetails> {
  const visit = await getVisit(ctx, visitId);
  await recordOpening(ctx, 'visit.open', `visit:${visit.id}`);
  return visit;
}

/** A patient's visits, newest first. At most 50. @throws AppError NOT_FOUND for a malformed id. */
export async function listVisitsOfPatient(
  ctx: TenantContext,
  patientId: string,
  limit = VISITS_LIMIT,
): Promise<Visit[]> {
  const rows = await visitModel(ctx)
    .find({ patientId: objectId(patientId, 'patient') })
    .sort({ startedAt: -1, _id: -1 })
    .limit(limit)
    .lean();
  return rows.map(toVisit);
}

/** The find behind the visits of a year. */
export function findVisitsOfYear(ctx: TenantContext, patientId: string, year: number) {
  const { start, end } = yearRange(year, ctx.timeZone);
  return visitModel(ctx)
    .find({ patientId: objectId(patientId, 'patient'), startedAt: op({ $gte: start, $lt: end }) })
    .sort({ startedAt: -1, _id: -1 })
    .limit(VISITS_OF_YEAR);
}

/** A patient's visits of a year, newest first. @throws AppError NOT_FOUND for a malformed id. */
export const listVisitsOfYear = async (
  ctx: TenantContext,
  patientId: string,
  year: number,
): Promise<Visit[]> => (await findVisitsOfYear(ctx, patientId, year).lean()).map(toVisit);

/** The find behind the first visit of a patient. */
export const findFirstVisit = (ctx: TenantContext, patientId: string) =>
  visitModel(ctx)
    .find({ patientId: objectId(patientId, 'patient') })
    .sort({ startedAt: 1, _id: 1 })
    .limit(1)
    .select('day');

/** When a patient came for the first time; null of somebody who has not come yet. */
export async function firstDayOf(ctx: TenantContext, patientId: string): Promise<Day | null> {
  const [first] = await findFirstVisit(ctx, patientId).lean();
  return first?.day ?? null;
}

const MOST_LOOKALIKES = 3;
export type Lookalike = { id: string; name: string; number: string; likeness: string };

/**
 * Patients who could be mistaken for this one: who is here today and sounds alike, and who has the same name.
 */
export async function listLookalikes(
  ctx: TenantContext,
  patient: Patient,
  now = new Date(),
): Promise<Lookalike[]> {
  const [namesakes, visits] = await Promise.all([
    findNamesakes(ctx, patient),
    visitModel(ctx)
      .find({ day: today(ctx.timeZone, now), ...hereOnly(ctx) })
      .sort({ branchId: 1, token: 1 })
      .limit(QUEUE_LIMIT)
      .select('patientId patient')
      .lean(),
  ]);
  const here = visits.map((row) => ({ ...row.patient, id: row.patientId.toString() }));
  const found = [...here, ...namesakes].flatMap((other): Lookalike[] => {
    const why = likeness(patient, other);
    return why ? [{ id: other.id, name: other.name, number: other.number, likeness: why }] : [];
  });
  return [...new Map(found.map((one) => [one.id, one])).values()].slice(0, MOST_LOOKALIKES);
}

export type QueueSummary = {
  waiting: number;
  inProgress: number;
  seenToday: number;
  longestWaitMinutes: number;
  longest: {
    visitId: string;
    token: number;
    patientName: string;
    station: Station;
    waitingMinutes: number;
  }[];
};

/** Today's queue in figures, with the five who wait longest. A called patient still waits. */
export async function queueSummary(ctx: TenantContext, now = new Date()): Promise<QueueSummary> {
  const day = today(ctx.timeZone, now);
  const [rows, seenToday] = await Promise.all([openEntries(ctx, day), countSeen(ctx, day)]);
  const waiting = rows.filter(({ status }) => status !== 'in-progress');
  const longest = waiting
    .map((row) => ({
      visitId: row.visitId.toString(),
      token: row.token,
      patientName: row.patient.name,
      station: row.station,
      waitingMinutes: waitingMinutes(
        { waitingSince: row.waitingSince, readyAt: row.readyAt ?? null },
        now.getTime(),
      ),
    }))
    .sort((a, b) => b.waitingMinutes - a.waitingMinutes || a.token - b.token)
    .slice(0, 5);
  return {
    waiting: waiting.length,
    inProgress: rows.length - waiting.length,
    seenToday,
    longestWaitMinutes: longest[0]?.waitingMinutes ?? 0,
    longest,
  };
}
