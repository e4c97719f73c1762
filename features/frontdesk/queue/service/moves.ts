import 'server-only';
import type { ClientSession } from 'mongoose';
import { AppError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { EntryRow, QueueEntry } from '../dto';
import { queueEntryModel } from '../model';
import { canMove, canSend, type Move, nextStation, STATION_LABEL, type Station } from '../policy';
import type { SendInput } from '../schema';
import { by, changeQueue, whyNot } from './change';
import { endStep, endVisit, reopenStep } from './parts';

/** Where the patient is after a move; `station` is null when the visit has ended. */
export type Moved = { token: number; patientName: string; visitId: string; station: Station | null };

type Goal = { to: Station | null; readyAt?: Date; note?: string };

/** The step is done: on to the next station of the usual way, or the visit ends. @throws AppError CONFLICT, NOT_FOUND. */
export async function completeStep(ctx: TenantContext, entryId: string, now = new Date()): Promise<Moved> {
  return moveOn(ctx, { entryId, move: 'complete', now }, ({ station }) => ({ to: nextStation(station) }));
}

/** To a station of one's choice, or out. Dilation takes the time when the pupils will be wide. @throws as completeStep. */
export async function sendTo(ctx: TenantContext, input: SendInput, now = new Date()): Promise<Moved> {
  const { entryId, to, note, readyInMinutes } = input;
  return moveOn(ctx, { entryId, move: 'send', now }, ({ station }) => {
    if (to === 'finish') return { to: null };
    if (!canSend(station, to))
      throw new AppError('CONFLICT', `The patient is already at ${STATION_LABEL[to]}.`);
    if (to !== 'dilation') return { to };
    return { to, readyAt: new Date(now.getTime() + readyInMinutes * 60_000), ...(note ? { note } : {}) };
  });
}

async function moveOn(
  ctx: TenantContext,
  { entryId, move, now }: { entryId: string; move: Move; now: Date },
  goalOf: (row: EntryRow) => Goal,
): Promise<Moved> {
  return changeQueue(ctx, async (session) => {
    const current = await queueEntryModel(ctx)
      .findById(objectId(entryId, 'patient of the queue'))
      .session(session)
      .lean();
    if (!current || !canMove(move, current.status)) throw await whyNot(ctx, entryId, session);
    const goal = goalOf(current);
    await endStep(ctx, current, now, session);
    if (goal.to) await openStep(ctx, current, { ...goal, to: goal.to }, now, session);
    else await endVisit(ctx, current.visitId.toString(), { status: 'finished', finishedAt: now }, session);
    return {
      token: current.token,
      patientName: current.patient.name,
      visitId: current.visitId.toString(),
      station: goal.to,
    };
  });
}

async function openStep(
  ctx: TenantContext,
  before: EntryRow,
  { to, readyAt, note }: Goal & { to: Station },
  now: Date,
  session: ClientSession,
): Promise<void> {
  const step = {
    visitId: before.visitId,
    patientId: before.patientId,
    patient: before.patient,
    day: before.day,
    token: before.token,
    sequence: before.sequence + 1,
    station: to,
    status: 'waiting' as const,
    isOpen: true,
    priority: before.priority,
    priorityRank: before.priorityRank,
    waitingSince: now,
    // Whose pupils are wide first comes first.
    queuedAt: readyAt ?? now,
    timesRequeued: 0,
    ...(readyAt ? { readyAt } : {}),
    ...(note ? { note } : {}),
    ...(before.doctorId ? { doctorId: before.doctorId } : {}),
    ...(before.doctorName ? { doctorName: before.doctorName } : {}),
    ...by(ctx),
  };
  await queueEntryModel(ctx).create([step], { session });
}

/** Takes the move to this station back: the step before is open again. @throws AppError CONFLICT, NOT_FOUND. */
export async function undoMove(ctx: TenantContext, entryId: string): Promise<QueueEntry> {
  const _id = objectId(entryId, 'patient of the queue');
  return changeQueue(ctx, async (session) => {
    const entries = queueEntryModel(ctx);
    const undone = await entries
      .findOneAndDelete({ _id, status: 'waiting', timesRequeued: 0, sequence: op({ $gt: 1 }) }, { session })
      .lean();
    if (!undone) throw await whyNot(ctx, entryId, session);
    return reopenStep(ctx, { visitId: undone.visitId, sequence: undone.sequence - 1 }, session);
  });
}
