import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import { visitModel } from '@/features/frontdesk/queue/model';
import { patientModel } from '@/features/patients/patients/model';
import { objectId } from '@/lib/mongo';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import type { Day } from '@/lib/time';

type Scope = { db: TenantDatabase };

/** Since when a patient waits to be asked again: the later of the last visit and of what is still booked. */
const later = (visit: Day | undefined, booked: Day | undefined): Day | undefined =>
  visit && booked && booked > visit ? booked : visit;

/**
 * Writes since when a patient waits to be asked again, in the transaction of the change that may have moved it. Nobody is
 * asked who was never here or is no longer active.
 */
export async function refreshRecall(
  scope: Scope,
  patientId: string | Types.ObjectId,
  session: ClientSession,
): Promise<void> {
  const _id = objectId(patientId.toString(), 'patient');
  // The write comes first: of two changes at once, one waits for what the other has written.
  const patient = await patientModel(scope)
    .findOneAndUpdate({ _id }, { $inc: { recallRevision: 1 } }, { session, timestamps: false })
    .select('isActive recallFrom')
    .lean();
  if (!patient) return;
  const visit = await visitModel(scope)
    .findOne({ patientId: _id })
    .sort({ startedAt: -1, _id: -1 })
    .select('day')
    .session(session)
    .lean();
  const booked = await appointmentModel(scope)
    .findOne({ patientId: _id, status: 'booked' })
    .sort({ startsAt: -1, _id: -1 })
    .select('day')
    .session(session)
    .lean();
  const recallFrom = patient.isActive ? later(visit?.day, booked?.day) : undefined;
  if (recallFrom === (patient.recallFrom ?? undefined)) return;
  const change = recallFrom ? { $set: { recallFrom } } : { $unset: { recallFrom: 1 as const } };
  await patientModel(scope).updateOne({ _id }, change, { session, timestamps: false });
}

export type RecallRow = {
  _id: Types.ObjectId;
  isActive?: unknown;
  recallFrom?: unknown;
  recallRevision?: unknown;
};

/** The same for many patients, as writes over what was read: whoever changes one meanwhile has written it too. */
export async function recallWritesOf(scope: Scope, rows: readonly RecallRow[]) {
  const ids = rows.map(({ _id }) => _id);
  type Last = { _id: Types.ObjectId; day: Day };
  const [visits, booked]: [Last[], Last[]] = await Promise.all([
    visitModel(scope).aggregate<Last>([
      { $match: { patientId: { $in: ids } } },
      { $sort: { patientId: 1, startedAt: -1, _id: -1 } },
      { $group: { _id: '$patientId', day: { $first: '$day' } } },
    ]),
    appointmentModel(scope).aggregate<Last>([
      { $match: { patientId: { $in: ids }, status: 'booked' } },
      { $group: { _id: '$patientId', day: { $max: '$day' } } },
    ]),
  ]);
  const dayOfVisit = new Map(visits.map(({ _id, day }) => [_id.toString(), day]));
  const dayBooked = new Map(booked.map(({ _id, day }) => [_id.toString(), day]));
  return rows.flatMap(({ _id, isActive, recallFrom: was, recallRevision }) => {
    const id = _id.toString();
    const recallFrom = isActive === false ? undefined : later(dayOfVisit.get(id), dayBooked.get(id));
    if (recallFrom === (was ?? undefined)) return [];
    return [
      {
        updateOne: {
          filter: { _id, recallRevision: recallRevision ?? null },
          update: recallFrom ? { $set: { recallFrom } } : { $unset: { recallFrom: 1 as const } },
        },
      },
    ];
  });
}
