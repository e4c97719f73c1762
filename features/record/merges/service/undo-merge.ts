import 'server-only';
import type { Types } from 'mongoose';
import { visitModel } from '@/features/frontdesk/queue/model';
import { moveOpenVisits } from '@/features/frontdesk/queue/service/visit';
import { notePatient } from '@/features/patients/notes/patient';
import { type Patient, toPatient } from '@/features/patients/patients/dto';
import { patientModel } from '@/features/patients/patients/model';
import { AUDITED_FIELDS } from '@/features/patients/patients/schema';
import { type Person, writesOf } from '@/features/patients/patients/service';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { linkExaminations } from '../../examinations/earlier-readings';
import { mergeModel } from '../model';
import type { UndoMergeInput } from '../schema';
import { partSheets } from './join-sheets';
import { type Changes, followMerge, readBack, visitsAmong } from './merge-patients';
import { type MovedRecords, moveBack } from './move-records';

/**
 * Two people were taken for one: what was moved goes back, and what was taken over is taken back where nobody
 * has changed it since. What was written after the merge stays with the kept record.
 * @throws AppError NOT_FOUND; CONFLICT when the merge was taken back already, or when the kept record was
 * itself merged into another since.
 */
export async function undoMerge(
  ctx: TenantContext,
  input: UndoMergeInput,
  now = new Date(),
): Promise<{ kept: Patient; merged: Patient }> {
  const mergedId = objectId(input.mergedId, 'patient');
  const both = await auditedWrite(ctx, async (session) => {
    const merge = await mergeModel(ctx).findOne({ mergedId }).sort({ at: -1 }).session(session).lean();
    if (!merge) throw notFoundError('merge');
    const { keptId } = merge;
    if (merge.undoneAt)
      throw new AppError('CONFLICT', `${merge.undoneByName} has taken this merge back already.`);
    const kept = await patientModel(ctx).findById(keptId).session(session).orFail().lean();
    if (kept.mergedInto)
      throw new AppError(
        'CONFLICT',
        `${kept.number} was itself merged into ${kept.mergedInto.number} since. Undo that merge first.`,
      );
    const changes: Changes = JSON.parse(merge.changes);
    const moved = merge.moved as MovedRecords[];
    const between = { from: keptId, to: mergedId };
    await moveBack(ctx, { ...between, moved }, session);
    await moveOpenVisits(ctx, { ...between, visitIds: visitsAmong(moved) }, session);
    await partSheets(ctx, { to: keptId, sheets: changes.sheets }, session);
    if (moved.some(({ from }) => from === 'examinations')) {
      await linkExaminations(ctx, keptId, session);
      await linkExaminations(ctx, mergedId, session);
    }
    const latest = await visitModel(ctx)
      .findOne({ patientId: keptId })
      .sort({ startedAt: -1, _id: -1 })
      .select('startedAt')
      .session(session)
      .lean();
    const { set, unset, isActive } = await writesBack(ctx, kept, changes.fields);
    const others = (kept.merged ?? []).filter(({ patientId }) => !patientId.equals(mergedId));
    const lastVisitAt = latest?.startedAt ?? (changes.lastVisitAt ? new Date(changes.lastVisitAt) : null);
    await patientModel(ctx).updateOne(
      { _id: keptId },
      {
        $set: {
          ...{ ...set, isActive },
          ...(lastVisitAt ? { lastVisitAt } : {}),
          ...(others.length > 0 ? { merged: others } : {}),
        },
        $unset: {
          ...unset,
          ...(lastVisitAt ? {} : { lastVisitAt: 1 }),
          ...(others.length > 0 ? {} : { merged: 1 }),
        },
        $inc: { version: 1 },
      },
      { session },
    );
    await patientModel(ctx).updateOne(
      { _id: mergedId },
      { $unset: { mergedInto: 1 }, $inc: { version: 1 } },
      { session },
    );
    for (const _id of [keptId, mergedId]) await notePatient(ctx, _id, session);
    await mergeModel(ctx).updateOne(
      { _id: merge._id },
      { $set: { undoneAt: now, undoneByName: ctx.actor.name } },
      { session },
    );
    const [is, other] = [await readBack(ctx, keptId, session), await readBack(ctx, mergedId, session)];
    noteChange(ctx, { ...toPatient(kept), merged: merge.merged.number }, { ...is, merged: '' }, [
      ...AUDITED_FIELDS,
      'merged',
    ]);
    return { kept: is, merged: other };
  });
  await followMerge(ctx, mergedId);
  return both;
}

/** The fields as they were before the merge, where they still are as it left them. */
async function writesBack(
  ctx: TenantContext,
  kept: Record<string, unknown> & { _id: Types.ObjectId; isActive: boolean },
  fields: Changes['fields'],
) {
  const person = { ...kept };
  for (const [key, { was, is }] of Object.entries(fields))
    if ((kept[key] ?? null) === is) person[key] = was ?? undefined;
  const writes = await writesOf(ctx, person as unknown as Person);
  return { ...writes, isActive: person.isActive };
}
