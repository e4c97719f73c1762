import 'server-only';
import type { ClientSession, UpdateQuery } from 'mongoose';
import { findRoom } from '@/features/identity/staff/directory';
import { noteDay } from '@/features/patients/notes/day';
import { noteChange } from '@/lib/audit/changes';
import { AppError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type EntryRow, type QueueEntry, toQueueEntry } from '../dto';
import { queueEntryModel, visitModel } from '../model';
import { type Move, PRIORITY_RANK, type StepStatus, statusesBefore } from '../policy';
import type { CallInput, PriorityInput } from '../schema';
import { by, changeQueue, whyNot } from './change';

const WHAT = 'patient of the queue';

/** One conditional write: of two people at once one wins, and the other is told who was first. */
async function moveStep(
  ctx: TenantContext,
  { move, entryId, from = statusesBefore(move) }: { move: Move; entryId: string; from?: StepStatus[] },
  update: { $set?: Record<string, unknown>; $unset?: Record<string, 1>; $inc?: Record<string, number> },
  session: ClientSession,
): Promise<EntryRow> {
  const changes: UpdateQuery<EntryRow> = { ...update, $set: { ...update.$set, ...by(ctx) } };
  const row = await queueEntryModel(ctx)
    .findOneAndUpdate({ _id: objectId(entryId, WHAT), status: op({ $in: from }) }, changes, {
      session,
      returnDocument: 'after',
    })
    .lean();
  if (!row) throw await whyNot(ctx, entryId, session);
  await noteDay(ctx, row.day, session);
  return row;
}

/** Calls a waiting patient, to the room of the desk or of the person. @throws AppError CONFLICT, NOT_FOUND. */
export async function callPatient(
  ctx: TenantContext,
  input: CallInput,
  now = new Date(),
): Promise<QueueEntry> {
  const { entryId } = input;
  const room = input.room ?? (ctx.actor.kind === 'staff' ? await findRoom(ctx, ctx.actor.userId) : null);
  const $set = { status: 'called', calledAt: now, ...(room ? { room } : {}) };
  return changeQueue(ctx, async (session) =>
    toQueueEntry(await moveStep(ctx, { move: 'call', entryId }, { $set }, session)),
  );
}

/** The patient is here: begins the step. @throws AppError CONFLICT, NOT_FOUND. */
export async function startStep(ctx: TenantContext, entryId: string, now = new Date()): Promise<QueueEntry> {
  return changeQueue(ctx, async (session) => {
    const update = { $set: { status: 'in-progress', startedAt: now } };
    const row = await moveStep(ctx, { move: 'start', entryId }, update, session);
    const { actor } = ctx;
    if (row.station !== 'doctor' || row.doctorId || actor.kind !== 'staff' || actor.role !== 'doctor') {
      return toQueueEntry(row);
    }
    // Nobody was chosen at check-in: whoever begins is the doctor of this visit.
    const doctor = { doctorId: objectId(actor.userId), doctorName: actor.name };
    await visitModel(ctx).updateOne({ _id: row.visitId }, { $set: doctor }, { session });
    await queueEntryModel(ctx).updateOne({ _id: row._id }, { $set: doctor }, { session });
    return toQueueEntry({ ...row, ...doctor });
  });
}

/** No answer, or put on hold: back in line behind those of the same priority. @throws AppError CONFLICT, NOT_FOUND. */
export async function requeue(ctx: TenantContext, entryId: string, now = new Date()): Promise<QueueEntry> {
  const update = {
    $set: { status: 'waiting', queuedAt: now },
    $unset: { calledAt: 1, startedAt: 1, room: 1 },
    $inc: { timesRequeued: 1 },
  } as const;
  return changeQueue(ctx, async (session) =>
    toQueueEntry(await moveStep(ctx, { move: 'requeue', entryId }, update, session)),
  );
}

/** Takes a call or a start back; the patient keeps the place in line. @throws AppError CONFLICT, NOT_FOUND. */
export async function undoCallOrStart(
  ctx: TenantContext,
  { entryId, status }: { entryId: string; status: 'called' | 'in-progress' },
): Promise<QueueEntry> {
  return changeQueue(ctx, async (session) => {
    const found = await queueEntryModel(ctx).findById(objectId(entryId, WHAT)).session(session).lean();
    const wasCalled = status === 'in-progress' && Boolean(found?.calledAt);
    const update = wasCalled
      ? { $set: { status: 'called' }, $unset: { startedAt: 1 } as const }
      : { $set: { status: 'waiting' }, $unset: { calledAt: 1, startedAt: 1, room: 1 } as const };
    return toQueueEntry(await moveStep(ctx, { move: 'undo', entryId, from: [status] }, update, session));
  });
}

/** Who comes first. @throws AppError CONFLICT when the visit is over, NOT_FOUND. */
export async function changePriority(
  ctx: TenantContext,
  { visitId, priority }: PriorityInput,
): Promise<QueueEntry> {
  const _id = objectId(visitId, 'visit');
  return changeQueue(ctx, async (session) => {
    await visitModel(ctx).updateOne({ _id, status: 'in-progress' }, { $set: { priority } }, { session });
    const change = { priority, priorityRank: PRIORITY_RANK[priority] };
    const before = await queueEntryModel(ctx)
      .findOneAndUpdate({ visitId: _id, isOpen: true }, { $set: change }, { session })
      .lean();
    if (!before) throw new AppError('NOT_FOUND', 'This visit is not in the queue any more.');
    noteChange(ctx, before, change, ['priority']);
    return toQueueEntry({ ...before, ...change });
  });
}
