import 'server-only';
import type { Types } from 'mongoose';
import { writePerson } from '@/features/frontdesk/queue/service/rename';
import { linkVisitsOf } from '@/features/frontdesk/queue/visit-links';
import { dayChangeModel } from '@/features/patients/notes/model';
import { objectId } from '@/lib/mongo';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { mergeModel } from '../model';
import { staysOf } from './merge-patients';
import { type MovedRecords, moveRecords } from './move-records';

type Scope = { db: TenantDatabase };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/**
 * A page that was opened before a merge can still write under the merged record, and a draft for as long as
 * it is kept: it is looked for so long after the merge.
 */
const LOOKS_MS = [10 * MINUTE_MS, DAY_MS, 8 * DAY_MS] as const;

/**
 * What follows a merge and its undoing: lists show the right name, visits follow each other, days count them
 * again, and what was written under the merged record meanwhile moves too. Twice is as once.
 * @returns when to look again, or null
 */
export async function keepMerged(scope: Scope, mergedId: string, now = new Date()): Promise<Date | null> {
  const merge = await mergeModel(scope)
    .findOne({ mergedId: objectId(mergedId, 'patient') })
    .sort({ at: -1 })
    .select('keptId mergedId at undoneAt')
    .lean();
  if (!merge) return null;
  const isUndone = Boolean(merge.undoneAt);
  if (!isUndone) await moveLate(scope, merge);
  const both = [merge.keptId, merge.mergedId];
  for (const id of both) await writePerson(scope, id.toString());
  const days = await linkVisitsOf(scope, both);
  if (days.length > 0) await dayChangeModel(scope).insertMany([...new Set(days)].map((day) => ({ day })));
  const next = isUndone ? undefined : LOOKS_MS.find((after) => merge.at.getTime() + after > now.getTime());
  return next === undefined ? null : new Date(merge.at.getTime() + next);
}

async function moveLate(
  scope: Scope,
  { _id, keptId, mergedId }: { _id: Types.ObjectId; keptId: Types.ObjectId; mergedId: Types.ObjectId },
): Promise<void> {
  await scope.db.transaction(async (session) => {
    const row = await mergeModel(scope).findById(_id).select('moved undoneAt').session(session).lean();
    if (!row || row.undoneAt) return;
    const between = { from: mergedId, to: keptId };
    const stays = await staysOf(scope, between, session);
    const late = await moveRecords(scope, { ...between, stays }, session);
    if (late.length === 0) return;
    const moved = [...(row.moved as MovedRecords[])];
    for (const { from, ids } of late) {
      const known = moved.find((one) => one.from === from);
      if (known) known.ids = [...known.ids, ...ids];
      else moved.push({ from, ids });
    }
    await mergeModel(scope).updateOne({ _id }, { $set: { moved } }, { session });
  });
}
