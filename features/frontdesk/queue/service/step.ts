import 'server-only';
import type { ClientSession, UpdateQuery } from 'mongoose';
import { noteDay } from '@/features/patients/notes/day';
import { branchIdOf, branchNameOf } from '@/lib/branches';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type EntryRow, type QueueEntry, toQueueEntry, type VisitRow } from '../dto';
import { queueEntryModel, visitModel } from '../model';
import { endedAs, type Move, PRIORITY_RANK, STATION_LABEL, type StepStatus, statusesBefore } from '../policy';

/** What an unknown step is called in an error. */
export const ENTRY = 'patient of the queue';

/** Who is kept to other branches moves nobody of this one. @throws AppError FORBIDDEN. */
export function assertOwn(ctx: TenantContext, row: Pick<VisitRow, 'branchId'>): void {
  if (ctx.actor.kind !== 'staff' || ctx.ownBranches.some(({ id }) => id === branchIdOf(row))) return;
  const where = branchNameOf(ctx, branchIdOf(row)) ?? 'another branch';
  throw new AppError('FORBIDDEN', `This patient is at ${where}, where you do not work.`);
}

/** Who did it, for the step and for the sentence that a colleague gets who was a moment later. */
export const actedBy = ({ actor }: TenantContext) => ({
  byUserId: actor.kind === 'staff' ? actor.userId : 'system',
  byName: actor.name,
});

/** Why a move was not possible any more, in words. */
export async function refusalOf(
  ctx: TenantContext,
  entryId: string,
  session: ClientSession,
): Promise<AppError> {
  const row = await queueEntryModel(ctx).findById(objectId(entryId, ENTRY)).session(session).lean();
  // An undone step is gone; so is one of another organization, and the answer must be the same.
  if (!row) return notFoundError(ENTRY);
  return new AppError('CONFLICT', sentenceOf(row));
}

function sentenceOf({ token, status, byName, station }: EntryRow): string {
  const label = STATION_LABEL[station];
  switch (status) {
    case 'called':
      return `${byName} has already called token ${token} to ${label}.`;
    case 'in-progress':
      return `${byName} has already started with token ${token} at ${label}.`;
    case 'waiting':
      return `Token ${token} is waiting at ${label} again.`;
    case 'done':
    case 'skipped':
      return `Token ${token} has already left ${label}.`;
  }
}

type Change = {
  $set?: Record<string, unknown>;
  $unset?: Record<string, 1>;
  $inc?: Record<string, number>;
};

/**
 * Changes an open step by one conditional write: of two people at once one wins, and the other is told who
 * was first.
 * @throws AppError CONFLICT, NOT_FOUND
 */
export async function moveStep(
  ctx: TenantContext,
  { move, entryId, from = statusesBefore(move) }: { move: Move; entryId: string; from?: StepStatus[] },
  change: Change,
  session: ClientSession,
): Promise<EntryRow> {
  const update: UpdateQuery<EntryRow> = { ...change, $set: { ...change.$set, ...actedBy(ctx) } };
  const row = await queueEntryModel(ctx)
    .findOneAndUpdate({ _id: objectId(entryId, ENTRY), status: op({ $in: from }) }, update, {
      session,
      returnDocument: 'after',
    })
    .lean();
  if (!row) throw await refusalOf(ctx, entryId, session);
  assertOwn(ctx, row);
  ctx.audit?.about(`visit:${row.visitId}`);
  await noteDay(ctx, row.day, session);
  return row;
}

/** Ends a step as it was read. @throws AppError CONFLICT when somebody was faster */
export async function endStep(
  ctx: TenantContext,
  row: EntryRow,
  now: Date,
  session: ClientSession,
): Promise<void> {
  assertOwn(ctx, row);
  const ended = { status: endedAs(row.status), isOpen: false, endedAt: now, ...actedBy(ctx) };
  const { matchedCount } = await queueEntryModel(ctx).updateOne(
    { _id: row._id, status: row.status },
    { $set: ended },
    { session },
  );
  if (matchedCount === 0) throw await refusalOf(ctx, row._id.toString(), session);
  await noteDay(ctx, row.day, session);
}

/**
 * Opens an ended step again, with the priority that the visit has now.
 * @throws AppError CONFLICT, NOT_FOUND
 */
export async function reopenStep(
  ctx: TenantContext,
  { visitId, sequence }: Pick<EntryRow, 'visitId' | 'sequence'>,
  session: ClientSession,
): Promise<QueueEntry> {
  const entries = queueEntryModel(ctx);
  const before = await entries.findOne({ visitId, sequence }).session(session).lean();
  if (!before) throw notFoundError(ENTRY);
  const visit = await visitModel(ctx).findById(visitId).select('priority').session(session).lean();
  if (!visit) throw notFoundError('visit');
  const reopened = {
    status: statusBeforeEnd(before),
    isOpen: true,
    priority: visit.priority,
    priorityRank: PRIORITY_RANK[visit.priority],
    ...actedBy(ctx),
  };
  const row = await entries
    .findOneAndUpdate(
      { _id: before._id, isOpen: false },
      { $set: reopened, $unset: { endedAt: 1 } },
      { session, returnDocument: 'after' },
    )
    .lean();
  if (!row) throw await refusalOf(ctx, before._id.toString(), session);
  ctx.audit?.about(`visit:${visitId}`);
  await noteDay(ctx, row.day, session);
  return toQueueEntry(row);
}

/** What a step was before it ended, by what it remembers. */
function statusBeforeEnd({ startedAt, calledAt }: Pick<EntryRow, 'startedAt' | 'calledAt'>): StepStatus {
  if (startedAt) return 'in-progress';
  return calledAt ? 'called' : 'waiting';
}
