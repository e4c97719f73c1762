import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { sourceKey } from '@/features/cashier/charges/policy';
import { voidCharges } from '@/features/cashier/charges/service';
import { patientModel } from '@/features/patients/patients/model';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { queueEntryModel, visitModel } from '../model';
import { changeQueue } from './queue-change';
import { endStep } from './step';
import { type Ending, endVisit } from './visit';

const DEATH_REASON = 'The patient has died';

/**
 * Nobody calls a patient who has died: open visits end, as finished where a doctor has seen the patient, and
 * otherwise as left and without a fee. What somebody has begun is theirs to complete. Twice is as once.
 * @returns how many visits were ended by this call
 */
export async function endWaiting(ctx: TenantContext, patientId: string, now = new Date()): Promise<number> {
  const visits = await visitModel(ctx)
    .find({ patientId: objectId(patientId, 'patient'), status: 'in-progress' })
    .select('_id')
    .lean();
  let ended = 0;
  for (const { _id } of visits) if (await endOne(ctx, { _id, patientId }, now)) ended++;
  return ended;
}

/** @returns false where the death was taken back, somebody is at it, or the visit is over meanwhile */
function endOne(
  ctx: TenantContext,
  { _id, patientId }: { _id: Types.ObjectId; patientId: string },
  now: Date,
): Promise<boolean> {
  const end = async (session: ClientSession) => {
    const patient = await patientModel(ctx).findById(patientId).select('deceasedOn').session(session).lean();
    const steps = await queueEntryModel(ctx).find({ visitId: _id }).session(session).lean();
    const open = steps.find(({ isOpen }) => isOpen);
    if (!patient?.deceasedOn || !open || open.status === 'in-progress') return false;
    const wasSeen = steps.some(({ station, status }) => station === 'doctor' && status === 'done');
    const ending: Ending = wasSeen
      ? { status: 'finished', finishedAt: now }
      : { status: 'cancelled', finishedAt: now, leaveReason: DEATH_REASON };
    await endVisit(ctx, _id.toString(), ending, session);
    await endStep(ctx, open, now, session);
    if (!wasSeen) await voidCharges(ctx, [sourceKey.visit(_id.toString())], session);
    return true;
  };
  return changeQueue(ctx, end, { isChange: (isEnded) => isEnded });
}
