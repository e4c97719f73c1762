import 'server-only';
import { env } from '@/lib/env';
import { organizationModel } from '@/lib/master/models/organization';
import { op } from '@/lib/mongo';
import { enqueue } from '@/lib/work/queue';
import type { NonPaymentDays } from './policy';

/** When each stage of non-payment begins, as configured. */
export function nonPaymentDays(): NonPaymentDays {
  const { BILLING_READ_ONLY_DAYS, BILLING_SUSPEND_DAYS, BILLING_CANCEL_DAYS } = env();
  return {
    readOnly: BILLING_READ_ONLY_DAYS,
    suspended: BILLING_SUSPEND_DAYS,
    canceled: BILLING_CANCEL_DAYS,
  };
}

const AT_ONCE = 500;

/** The periodic job: asks for a look at each organization whose next stage has begun. */
export async function advanceNonPayment(now = new Date()): Promise<number> {
  const due = await organizationModel
    .find({ 'nonPayment.nextStageAt': op({ $lte: now }) })
    .sort({ 'nonPayment.nextStageAt': 1 })
    .limit(AT_ONCE)
    .select('_id')
    .lean();
  for (const { _id } of due) await enqueue('billing.advance-organization', _id.toString());
  return due.length;
}
