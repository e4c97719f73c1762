import 'server-only';
import type { ClientSession } from 'mongoose';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { EntryRow } from '../dto';
import { queueEntryModel, queueStateModel } from '../model';
import { STATION_LABEL } from '../policy';

/**
 * Every write of the queue: one transaction that also raises the version, so that whoever watches learns of it
 * exactly when it counts.
 */
export async function changeQueue<T>(
  ctx: TenantContext,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> {
  try {
    return await ctx.db.transactionInTurn('queue', async (session) => {
      const result = await work(session);
      await queueStateModel(ctx).updateOne(
        { _id: 'queue' },
        { $inc: { version: 1 } },
        { upsert: true, session },
      );
      return result;
    });
  } catch (error) {
    const key = duplicateKey(error);
    if (key && /open_visits/.test(String(error))) {
      throw new AppError('CONFLICT', 'This patient is already in the queue.', { cause: error });
    }
    if (key) throw movedOn({ cause: error });
    throw error;
  }
}

/** What a patient can have once a day while it is open. */
export const openVisitKey = (patientId: Id, day: string): string => `${patientId.toString()}:${day}`;
type Id = { toString(): string };

/** Who did it, for the step and for the sentence a colleague gets who was a moment later. */
export const by = ({ actor }: TenantContext) => ({
  byUserId: actor.kind === 'staff' ? actor.userId : 'system',
  byName: actor.name,
});

const movedOn = (options: { cause?: unknown } = {}): AppError =>
  new AppError(
    'CONFLICT',
    'This patient has moved on meanwhile. The list shows where they are now.',
    options,
  );

/** Why a move was not possible any more, in words. */
export async function whyNot(ctx: TenantContext, entryId: string, session: ClientSession): Promise<AppError> {
  const row = await queueEntryModel(ctx)
    .findById(objectId(entryId, 'patient of the queue'))
    .session(session)
    .lean();
  // An undone step is gone; so is one of another organization, and the answer must be the same.
  if (!row) return notFoundError('patient of the queue');
  return new AppError('CONFLICT', sentence(row));
}

function sentence({ token, status, byName, station }: EntryRow): string {
  const place = STATION_LABEL[station];
  switch (status) {
    case 'called':
      return `${byName} has already called token ${token} to ${place}.`;
    case 'in-progress':
      return `${byName} has already started with token ${token} at ${place}.`;
    case 'waiting':
      return `Token ${token} is waiting at ${place} again.`;
    case 'done':
    case 'skipped':
      return `Token ${token} has already left ${place}.`;
  }
}
