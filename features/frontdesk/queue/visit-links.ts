import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { op } from '@/lib/mongo';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import type { Day } from '@/lib/time';
import { visitModel } from './model';

/** What a visit follows: the day of the one before, none on the first, and the day of the first. */
type VisitLinks = { previousDay?: Day; firstDay: Day };

/** The links of a visit that begins now, in the transaction that opens it. */
export async function findVisitLinks(
  scope: { db: TenantDatabase },
  visit: { patientId: Types.ObjectId; day: Day; startedAt: Date },
  session: ClientSession,
): Promise<VisitLinks> {
  const { patientId, day, startedAt } = visit;
  const before = { patientId, startedAt: op({ $lte: startedAt }) };
  const last = await visitModel(scope)
    .findOne(before)
    .sort({ startedAt: -1, _id: -1 })
    .select('day firstDay')
    .session(session)
    .lean();
  if (!last) return { firstDay: day };
  if (last.firstDay) return { previousDay: last.day, firstDay: last.firstDay };
  // The last visit was made before links were kept.
  const first = await visitModel(scope)
    .findOne(before)
    .sort({ startedAt: 1, _id: 1 })
    .select('day')
    .session(session)
    .lean();
  return { previousDay: last.day, firstDay: first?.day ?? last.day };
}

/**
 * Writes the links of all visits of these patients from the visits themselves.
 * @returns the days of those that were different.
 */
export async function linkVisitsOf(
  scope: { db: TenantDatabase },
  patientIds: readonly Types.ObjectId[],
): Promise<Day[]> {
  const visits = visitModel(scope);
  const rows = await visits
    .find({ patientId: op({ $in: [...patientIds] }) })
    .sort({ patientId: -1, startedAt: 1, _id: 1 })
    .select('patientId day previousDay firstDay')
    .lean();
  const writes = [];
  const days: Day[] = [];
  let before: (typeof rows)[number] | undefined;
  let first: Day = '';
  for (const row of rows) {
    const follows = before?.patientId.equals(row.patientId) ? before.day : undefined;
    if (!follows) first = row.day;
    before = row;
    if ((row.previousDay ?? undefined) === follows && row.firstDay === first) continue;
    const update = follows
      ? { $set: { previousDay: follows, firstDay: first } }
      : { $set: { firstDay: first }, $unset: { previousDay: 1 as const } };
    writes.push({ updateOne: { filter: { _id: row._id }, update } });
    days.push(row.day);
  }
  // Past the model, whose hooks know no bulk writes: these fields are not sealed.
  if (writes.length > 0) await visits.collection.bulkWrite(writes, { ordered: false });
  return days;
}
