import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { reconciliationModel } from '@/lib/master/models/billing-drift';
import { jobModel } from '@/lib/master/models/job';
import { organizationModel } from '@/lib/master/models/organization';
import { stripeEventModel } from '@/lib/master/models/stripe-event';
import { op } from '@/lib/mongo';

/** Counting stops here: "more than this" says as much. */
export const MOST_COUNTED = 100;
const SHOWN = 20;
const LATE_AFTER_MS = 36 * 3_600_000;

const iso = (date: Date | null | undefined): string | null => date?.toISOString() ?? null;

/**
 * What a person of the company must settle about money: alarms by organization, and what failed or is late.
 */
export async function getBillingAttention(_ctx: PlatformContext, now = new Date()) {
  const [alarms, failedEvents, run, deadJobs] = await Promise.all([
    organizationModel
      .find({ 'billingAlarm.since': op({ $type: 'date' as const }) })
      .sort({ 'billingAlarm.since': 1 })
      .limit(SHOWN)
      .select('organizationName billingAlarm')
      .lean(),
    stripeEventModel.countDocuments({ outcome: 'failed' }).limit(MOST_COUNTED),
    reconciliationModel.findOne().sort({ startedAt: -1 }).lean(),
    jobModel.countDocuments({ state: 'dead' }).limit(MOST_COUNTED),
  ]);
  return {
    alarms: alarms.map(({ _id, organizationName, billingAlarm }) => ({
      organizationId: _id.toString(),
      name: organizationName,
      kind: billingAlarm?.kind ?? ('dispute' as const),
      detail: billingAlarm?.detail ?? '',
      since: iso(billingAlarm?.since) ?? now.toISOString(),
    })),
    failedEvents,
    deadJobs,
    reconciliation: run
      ? {
          startedAt: run.startedAt.toISOString(),
          finishedAt: iso(run.finishedAt),
          compared: run.compared,
          drifted: run.drifted,
          failed: run.failed,
          isLate: now.getTime() - run.startedAt.getTime() > LATE_AFTER_MS,
        }
      : null,
  };
}
export type BillingAttention = Awaited<ReturnType<typeof getBillingAttention>>;
