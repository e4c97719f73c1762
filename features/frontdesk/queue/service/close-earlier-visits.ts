import 'server-only';
import type { ClientSession } from 'mongoose';
import { op } from '@/lib/mongo';
import { hereOnly } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import type { VisitRow } from '../dto';
import { queueEntryModel, visitModel } from '../model';
import { isOpen } from '../policy';
import { changeQueue } from './queue-change';
import { endStep } from './step';
import { type Ending, endVisit } from './visit';

const CLOSING_REASON = 'Still open at the end of the day';
const AT_A_TIME = 200;
/** Who came so late, in hours, may be treated over midnight: their visit stays open. */
const STILL_HERE_HOURS = 6;

/**
 * Ends what earlier days left open at the branch: finished where a doctor saw the patient, otherwise as
 * left. Who came in the last six hours is still here. At most 200 at a time.
 * @returns how many visits were closed by this call
 */
export async function closeEarlierVisits(ctx: TenantContext, now = new Date()): Promise<{ closed: number }> {
  const visits = await visitModel(ctx)
    .find({
      status: 'in-progress',
      ...hereOnly(ctx),
      day: op({ $lt: today(ctx.timeZone, now) }),
      startedAt: op({ $lt: new Date(now.getTime() - STILL_HERE_HOURS * 3_600_000) }),
    })
    .sort({ day: 1 })
    .limit(AT_A_TIME)
    .lean();
  let closed = 0;
  for (const visit of visits) if (await closeVisit(ctx, visit, now)) closed++;
  return { closed };
}

/** @returns false when somebody else closed it meanwhile */
async function closeVisit(ctx: TenantContext, { _id }: VisitRow, now: Date): Promise<boolean> {
  const close = async (session: ClientSession) => {
    const steps = await queueEntryModel(ctx).find({ visitId: _id }).session(session).lean();
    const wasSeen = steps.some(
      ({ station, status }) => station === 'doctor' && (status === 'done' || status === 'in-progress'),
    );
    const ending: Ending = wasSeen
      ? { status: 'finished', finishedAt: now }
      : { status: 'cancelled', finishedAt: now, leaveReason: CLOSING_REASON };
    const still = await visitModel(ctx).exists({ _id, status: 'in-progress' }).session(session);
    if (!still) return false;
    await endVisit(ctx, _id.toString(), ending, session);
    const open = steps.find(({ status }) => isOpen(status));
    if (open) await endStep(ctx, open, now, session);
    return true;
  };
  return changeQueue(ctx, close, { isChange: (wasOpen) => wasOpen });
}
