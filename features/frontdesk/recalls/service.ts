import 'server-only';
import type { Types } from 'mongoose';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import { visitModel } from '@/features/frontdesk/queue/model';
import { patientChangeModel } from '@/features/patients/notes/model';
import { patientModel } from '@/features/patients/patients/model';
import { op } from '@/lib/mongo';
import { forEachTenant } from '@/lib/organizations/each';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import type { Day } from '@/lib/time';

type Scope = { db: TenantDatabase };

/** Notes read at a time, and how often a reader goes on for more before it answers. */
const NOTES = 100;
const MOST_ROUNDS = 50;

/** Since when a patient waits to be asked again: the later of the last visit and of what is still booked. */
const later = (visit: Day | undefined, booked: Day | undefined): Day | undefined =>
  visit && booked && booked > visit ? booked : visit;

/**
 * Brings `recallFrom` of every noted patient up to date; the pages do it before they answer. A note goes only
 * when its patient was written after the note was read: what changes meanwhile leaves a note of its own.
 */
export async function refreshRecalls(scope: Scope): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const notes = await patientChangeModel(scope).find().sort({ _id: 1 }).limit(NOTES).lean();
    if (notes.length === 0) return;
    const noted = new Map(notes.map(({ patientId }) => [patientId.toString(), patientId]));
    if (!(await writeRecalls(scope, [...noted.values()]))) continue;
    await patientChangeModel(scope).deleteMany({ _id: op({ $in: notes.map(({ _id }) => _id) }) });
  }
}

type Asked = { reviewDay?: string | null; reviewFrom?: string | null };
/** The day that the doctor named, while nobody has come or booked since that visit. */
const reviewDueOf = ({ reviewDay, reviewFrom }: Asked, recallFrom: Day | undefined): Day | undefined =>
  reviewDay && reviewFrom && recallFrom && recallFrom <= reviewFrom ? reviewDay : undefined;

/**
 * @returns false when another reader was at the same patients: one of the two may have read what is older.
 */
async function writeRecalls(scope: Scope, ids: Types.ObjectId[]): Promise<boolean> {
  const patients = patientModel(scope);
  // The revision is read before the visits: a write that was overtaken by a later reading finds another one.
  const rows = await patients
    .find({ _id: op({ $in: ids }) })
    .select('isActive recallRevision reviewDay reviewFrom')
    .lean();
  if (rows.length === 0) return true;
  const sinceOf = await waitingSince(scope, rows);
  const written = await Promise.all(
    rows.map((row) => {
      const { recallFrom, recallBranchId } = sinceOf(row);
      const reviewDue = reviewDueOf(row, recallFrom);
      return patients.updateOne(
        { _id: row._id, recallRevision: row.recallRevision ?? null },
        {
          $set: {
            ...(recallFrom ? { recallFrom } : {}),
            ...(recallBranchId ? { recallBranchId } : {}),
            ...(reviewDue ? { reviewDue } : {}),
          },
          $unset: {
            ...(recallFrom ? {} : { recallFrom: 1 as const }),
            ...(recallBranchId ? {} : { recallBranchId: 1 as const }),
            ...(reviewDue ? {} : { reviewDue: 1 as const }),
          },
          $inc: { recallRevision: 1 },
        },
        { timestamps: false },
      );
    }),
  );
  return written.every(({ matchedCount }) => matchedCount === 1);
}

/** The same for all organizations, for those whose pages nobody opens; a job. */
export const refreshAllRecalls = (): Promise<void> =>
  forEachTenant('recalls could not be brought up to date', refreshRecalls);

type Row = { _id: Types.ObjectId; isActive?: unknown };

type Waiting = { recallFrom?: Day | undefined; recallBranchId?: Types.ObjectId | undefined };

/**
 * Reads since when each of these patients waits, and which branch saw them last. Nobody is asked who was
 * never here or is no longer active.
 */
async function waitingSince(scope: Scope, rows: readonly Row[]): Promise<(row: Row) => Waiting> {
  const ids = rows.map(({ _id }) => _id);
  type Last = { _id: Types.ObjectId; day: Day; branchId?: Types.ObjectId | null };
  const [visits, booked]: [Last[], Last[]] = await Promise.all([
    visitModel(scope).aggregate<Last>([
      { $match: { patientId: { $in: ids } } },
      { $sort: { patientId: 1, startedAt: -1, _id: -1 } },
      { $group: { _id: '$patientId', day: { $first: '$day' }, branchId: { $first: '$branchId' } } },
    ]),
    appointmentModel(scope).aggregate<Last>([
      { $match: { patientId: { $in: ids }, status: 'booked' } },
      { $group: { _id: '$patientId', day: { $max: '$day' } } },
    ]),
  ]);
  const lastVisit = new Map(visits.map((visit) => [visit._id.toString(), visit]));
  const dayBooked = new Map(booked.map(({ _id, day }) => [_id.toString(), day]));
  return ({ _id, isActive }) => {
    const id = _id.toString();
    const visit = isActive === false ? undefined : lastVisit.get(id);
    const recallFrom = later(visit?.day, dayBooked.get(id));
    return recallFrom ? { recallFrom, recallBranchId: visit?.branchId ?? undefined } : {};
  };
}

export type RecallRow = Row & { recallFrom?: unknown; recallBranchId?: unknown; recallRevision?: unknown };

/**
 * For the migration: what differs, as writes over what was read. A reader who was there meanwhile has written
 * it too.
 */
export async function recallWritesOf(scope: Scope, rows: readonly RecallRow[]) {
  const sinceOf = await waitingSince(scope, rows);
  return rows.flatMap((row) => {
    const { recallFrom, recallBranchId } = sinceOf(row);
    const isSame =
      recallFrom === (row.recallFrom ?? undefined) &&
      String(recallBranchId ?? '') === String(row.recallBranchId ?? '');
    if (isSame) return [];
    return [
      {
        updateOne: {
          filter: { _id: row._id, recallRevision: row.recallRevision ?? null },
          update: {
            $set: { ...(recallFrom ? { recallFrom } : {}), ...(recallBranchId ? { recallBranchId } : {}) },
            $unset: {
              ...(recallFrom ? {} : { recallFrom: 1 as const }),
              ...(recallBranchId ? {} : { recallBranchId: 1 as const }),
            },
          },
        },
      },
    ];
  });
}
