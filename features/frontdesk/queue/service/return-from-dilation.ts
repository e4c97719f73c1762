import 'server-only';
import { auditNoteModel } from '@/lib/audit/ledger';
import { actorOf } from '@/lib/audit/record';
import { duplicateKey } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { op } from '@/lib/mongo';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { shiftDay, today } from '@/lib/time';
import type { EntryRow } from '../dto';
import { queueEntryModel, queueStateModel } from '../model';
import { nextStation } from '../policy';

/** Drops of longer ago belong to a visit that somebody forgot to close: nobody is sent anywhere for it. */
const LONGEST_HOURS = 6;
/** Of one look; the rest comes with the next. */
const MOST_AT_ONCE = 50;

const actor = { kind: 'system', name: 'Dilation' } as const;

/**
 * Sends those whose drops have worked on to the doctor, in line since the minute their pupils were wide. Only
 * who still waits at dilation goes; a patient whom somebody called, or whose return was undone, stays. Any
 * number of processes may look at once.
 * @returns how many came back.
 */
export async function returnFromDilation(scope: { db: TenantDatabase }, now = new Date()): Promise<number> {
  // The day before and after too: which day it is depends on the hospital's time zone, the drops do not.
  const utc = today('UTC', now);
  const due = await queueEntryModel(scope)
    .find({
      day: op({ $in: [shiftDay(utc, -1), utc, shiftDay(utc, 1)] }),
      isOpen: true,
      station: 'dilation',
      status: 'waiting',
      returnedAt: null,
      readyAt: op({ $lte: now, $gte: new Date(now.getTime() - LONGEST_HOURS * 3_600_000) }),
    })
    .limit(MOST_AT_ONCE)
    .lean();
  let returned = 0;
  for (const row of due) {
    try {
      if (await sendBack(scope, row, now)) returned += 1;
    } catch (error) {
      // Another process was first: the step after this one is there already.
      if (!duplicateKey(error)) throw error;
    }
  }
  return returned;
}

async function sendBack(scope: { db: TenantDatabase }, row: EntryRow, now: Date): Promise<boolean> {
  const entries = queueEntryModel(scope);
  const { readyAt } = row;
  const station = nextStation('dilation');
  if (!readyAt || !station) return false;
  const by = { byUserId: 'system', byName: actor.name };
  return scope.db.transactionInTurn('queue', async (session) => {
    const { matchedCount } = await entries.updateOne(
      { _id: row._id, status: 'waiting', returnedAt: null },
      { $set: { status: 'done', isOpen: false, endedAt: now, returnedAt: now, ...by } },
      { session },
    );
    if (matchedCount === 0) return false;
    const { visitId, patientId, patient, day, token, priority, priorityRank } = row;
    const { branchId, doctorId, doctorName } = row;
    const step = {
      ...{ visitId, patientId, patient, day, token, priority, priorityRank },
      sequence: row.sequence + 1,
      station,
      status: 'waiting' as const,
      isOpen: true,
      waitingSince: readyAt,
      queuedAt: readyAt,
      timesRequeued: 0,
      ...(branchId ? { branchId } : {}),
      ...(doctorId ? { doctorId } : {}),
      ...(doctorName ? { doctorName } : {}),
      ...by,
    };
    await entries.create([step], { session });
    await queueStateModel(scope).updateOne(
      { _id: 'queue' },
      { $inc: { version: 1 } },
      { upsert: true, session },
    );
    // The entry is stored with the change, as that of an action is.
    const entry = {
      ledgerId: scope.db.organizationId,
      at: now,
      actor: actorOf({ actor }),
      action: 'queue.return',
      target: `visit:${visitId.toString()}`,
      result: 'ok' as const,
      changes: [],
      requestId: `dilation:${row._id.toString()}`,
    };
    await auditNoteModel(scope).insertMany([entry], { session });
    return true;
  });
}

const LOOK_EVERY_MS = 5_000;
const LOOKED_AT = Symbol.for('chakravue.queue.dilation');
const global = globalThis as { [LOOKED_AT]?: WeakMap<object, number> };
const lookedAt: WeakMap<TenantDatabase, number> = global[LOOKED_AT] ?? new WeakMap();
global[LOOKED_AT] = lookedAt;

/** As above, at most every five seconds for a database. A failure goes to the log; the queue is shown. */
export async function returnFromDilationInTime(scope: { db: TenantDatabase }): Promise<void> {
  const now = Date.now();
  if (now - (lookedAt.get(scope.db) ?? 0) < LOOK_EVERY_MS) return;
  lookedAt.set(scope.db, now);
  try {
    await returnFromDilation(scope, new Date(now));
  } catch (error) {
    logger.warn({ err: error, organizationId: scope.db.organizationId }, 'nobody came back from dilation');
  }
}
