import 'server-only';
import type { ClientSession } from 'mongoose';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { EntryRow } from '../dto';
import { queueEntryModel } from '../model';
import { canMove, type Move, type Station } from '../policy';
import { changeQueue } from './queue-change';
import { actedBy, ENTRY, endStep, refusalOf } from './step';
import { endVisit } from './visit';

/** Where the patient is after a move; `station` is null when the visit has ended. */
export type Moved = { token: number; patientName: string; visitId: string; station: Station | null };

/** Where a move leads; `to` is null when it ends the visit. */
type Goal = { to: Station | null; readyAt?: Date; note?: string };

/** Ends a step, and begins the next one or ends the visit. @throws AppError CONFLICT, NOT_FOUND */
export async function moveOn(
  ctx: TenantContext,
  { entryId, move, now }: { entryId: string; move: Move; now: Date },
  goalOf: (row: EntryRow) => Goal,
): Promise<Moved> {
  return changeQueue(ctx, async (session) => {
    const current = await queueEntryModel(ctx).findById(objectId(entryId, ENTRY)).session(session).lean();
    if (!current || !canMove(move, current.status)) throw await refusalOf(ctx, entryId, session);
    const goal = goalOf(current);
    const visitId = current.visitId.toString();
    ctx.audit?.about(`visit:${visitId}`);
    await endStep(ctx, current, now, session);
    if (goal.to) await openStep(ctx, current, { ...goal, to: goal.to }, now, session);
    else await endVisit(ctx, visitId, { status: 'finished', finishedAt: now }, session);
    return { token: current.token, patientName: current.patient.name, visitId, station: goal.to };
  });
}

async function openStep(
  ctx: TenantContext,
  before: EntryRow,
  { to, readyAt, note }: Goal & { to: Station },
  now: Date,
  session: ClientSession,
): Promise<void> {
  const { visitId, patientId, patient, day, token, priority, priorityRank } = before;
  const step = {
    ...{ visitId, patientId, patient, day, token, priority, priorityRank },
    sequence: before.sequence + 1,
    station: to,
    status: 'waiting' as const,
    isOpen: true,
    waitingSince: now,
    // Whose pupils are wide first comes first.
    queuedAt: readyAt ?? now,
    timesRequeued: 0,
    ...(readyAt ? { readyAt } : {}),
    ...(note ? { note } : {}),
    ...(before.branchId ? { branchId: before.branchId } : {}),
    ...(before.doctorId ? { doctorId: before.doctorId } : {}),
    ...(before.doctorName ? { doctorName: before.doctorName } : {}),
    ...actedBy(ctx),
  };
  await queueEntryModel(ctx).create([step], { session });
}
