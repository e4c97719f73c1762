import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { moveOpenVisits } from '@/features/frontdesk/queue/service/visit';
import { allergyModel } from '@/features/patients/allergies/model';
import { notePatient } from '@/features/patients/notes/patient';
import { type Patient, toPatient } from '@/features/patients/patients/dto';
import { patientModel } from '@/features/patients/patients/model';
import { AUDITED_FIELDS, OPTIONAL_FIELDS } from '@/features/patients/patients/schema';
import { type Person, writesOf } from '@/features/patients/patients/service';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { linkExaminations } from '../../examinations/earlier-readings';
import { mergeModel } from '../model';
import { MERGE_FIELDS, mergeProblem } from '../policy';
import type { MergePatientsInput } from '../schema';
import { joinSheets } from './join-sheets';
import { type MovedRecords, moveRecords } from './move-records';

/** A field of the kept record as it was and as the merge wrote it; null where there was nothing. */
type FieldChange = { was: unknown; is: unknown };
/** What a merge wrote into the kept record; it is taken back where nobody has changed it since. */
export type Changes = {
  fields: Record<string, FieldChange>;
  lastVisitAt: string | null;
  sheets: Awaited<ReturnType<typeof joinSheets>>;
};

/**
 * Two records of one person become one: all that the merged one has moves to the kept one, and the merged one
 * stays as the way to it. It can be taken back: see `undoMerge`.
 * @throws AppError NOT_FOUND; CONFLICT when one of them was changed since it was looked at, or for what
 * `mergeProblem` says.
 */
export async function mergePatients(
  ctx: TenantContext,
  input: MergePatientsInput,
  now = new Date(),
): Promise<{ kept: Patient; merged: Patient }> {
  const keptId = objectId(input.keptId, 'patient');
  const mergedId = objectId(input.mergedId, 'patient');
  const both = await auditedWrite(ctx, async (session) => {
    const kept = await lookedAt(ctx, keptId, input.keptVersion, session);
    const merged = await lookedAt(ctx, mergedId, input.mergedVersion, session);
    const problem = mergeProblem(toPatient(kept), toPatient(merged));
    if (problem) throw new AppError('CONFLICT', problem);
    const between = { from: mergedId, to: keptId };
    const stays = await staysOf(ctx, between, session);
    const moved = await moveRecords(ctx, { ...between, stays }, session);
    await moveOpenVisits(ctx, { ...between, visitIds: visitsAmong(moved) }, session);
    const sheets = await joinSheets(ctx, between, now, session);
    if (moved.some(({ from }) => from === 'examinations')) {
      await linkExaminations(ctx, keptId, session);
      await linkExaminations(ctx, mergedId, session);
    }
    const fields = await writeKept(ctx, { kept, merged, taken: input.taken }, session);
    const number = merged.number;
    await patientModel(ctx).updateOne(
      { _id: mergedId },
      { $set: { mergedInto: { patientId: keptId, number: kept.number } }, $inc: { version: 1 } },
      { session },
    );
    for (const _id of [keptId, mergedId]) await notePatient(ctx, _id, session);
    const changes: Changes = { fields, sheets, lastVisitAt: kept.lastVisitAt?.toISOString() ?? null };
    await mergeModel(ctx).create(
      [
        {
          ...{ keptId, mergedId, moved, at: now, byName: ctx.actor.name },
          kept: { name: toPatient(kept).name, number: kept.number },
          merged: { name: toPatient(merged).name, number },
          changes: JSON.stringify(changes),
        },
      ],
      { session },
    );
    const [is, other] = [await readBack(ctx, keptId, session), await readBack(ctx, mergedId, session)];
    noteChange(ctx, { ...toPatient(kept), merged: '' }, { ...is, merged: number }, [
      ...AUDITED_FIELDS,
      'merged',
    ]);
    return { kept: is, merged: other };
  });
  await followMerge(ctx, mergedId);
  return both;
}

/** What follows once the change stands: names in lists, links of visits, and what was written meanwhile. */
export async function followMerge(ctx: TenantContext, mergedId: Types.ObjectId): Promise<void> {
  await enqueue('patient.merged', mergedId.toString(), { organizationId: ctx.organizationId });
  wakeWorker();
}

async function lookedAt(ctx: TenantContext, _id: Types.ObjectId, version: number, session: ClientSession) {
  const row = await patientModel(ctx).findById(_id).session(session).lean();
  if (!row) throw notFoundError('patient');
  if (row.version !== version)
    throw new AppError(
      'CONFLICT',
      `${toPatient(row).name} (${row.number}) was changed meanwhile. Open this page again and look at both.`,
    );
  return row;
}
type PatientRow = Awaited<ReturnType<typeof lookedAt>>;

export const readBack = async (ctx: TenantContext, _id: Types.ObjectId, session: ClientSession) =>
  toPatient(await patientModel(ctx).findById(_id).session(session).orFail().lean());

export const visitsAmong = (moved: readonly MovedRecords[]): Types.ObjectId[] =>
  (moved.find(({ from }) => from === 'visits')?.ids ?? []) as Types.ObjectId[];

/** Allergies of the merged record that the kept one names as well: one list would name them twice. */
export async function staysOf(
  scope: { db: TenantDatabase },
  { from, to }: { from: Types.ObjectId; to: Types.ObjectId },
  session: ClientSession,
): Promise<MovedRecords[]> {
  const activeOf = (patientId: Types.ObjectId) =>
    allergyModel(scope).find({ patientId, endedAt: null }).select('substance').session(session).lean();
  const known = new Set((await activeOf(to)).map(({ substance }) => substance.toLowerCase()));
  const shared = (await activeOf(from)).filter(({ substance }) => known.has(substance.toLowerCase()));
  return [{ from: 'allergies', ids: shared.map(({ _id }) => _id) }];
}

const PERSON_FIELDS = [
  ...(['firstName', 'lastName', 'sex', 'dateOfBirth', 'isBirthEstimated'] as const),
  ...OPTIONAL_FIELDS,
];

/** Writes what is taken over, and what is lost by no choice: a second number, and what all must know. */
async function writeKept(
  ctx: TenantContext,
  { kept, merged, taken }: { kept: PatientRow; merged: PatientRow; taken: MergePatientsInput['taken'] },
  session: ClientSession,
): Promise<Changes['fields']> {
  const before: Record<string, unknown> = kept;
  const theirs: Record<string, unknown> = merged;
  const from = new Set<string>(taken.flatMap((field) => MERGE_FIELDS[field].of));
  const is = Object.fromEntries(
    PERSON_FIELDS.map((key) => [key, (from.has(key) ? theirs : before)[key] ?? undefined]),
  );
  const phones = [kept.phone, merged.phone].filter((phone) => phone && phone !== is.phone);
  if (!is.alternatePhone && phones[0]) is.alternatePhone = phones[0];
  const flags = [kept.flags, merged.flags].flatMap((text) => text?.split(',') ?? []);
  is.flags = [...new Set(flags)].sort().join(',') || undefined;
  const { set, unset } = await writesOf(ctx, is as Person);
  const isActive = kept.isActive || merged.isActive;
  await patientModel(ctx).updateOne(
    { _id: kept._id },
    {
      $set: { ...set, isActive },
      $unset: unset,
      $push: { merged: { patientId: merged._id, number: merged.number } },
      ...(merged.lastVisitAt ? { $max: { lastVisitAt: merged.lastVisitAt } } : {}),
      $inc: { version: 1 },
    },
    { session },
  );
  return Object.fromEntries(
    [...PERSON_FIELDS, 'isActive'].flatMap((key) => {
      const [was, now] = [before[key] ?? null, (key === 'isActive' ? isActive : is[key]) ?? null];
      return was === now ? [] : [[key, { was, is: now }]];
    }),
  );
}
