import { addHistory } from '@/dev/pilot/history/walk';
import { PILOT_KINDS } from '@/dev/pilot/kinds';
import { getAnalytics, getBasicReport } from '@/features/insight/reports/queries';
import { rebuildRollups } from '@/features/insight/reports/rollups/roll-up';
import { rangeOf } from '@/features/insight/reports/schema';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { ms, percentile, printRows, type Row, times } from './report';

const MANY = Number(process.env.BENCH_VISITS ?? 1_000_000);
const FEW = 1_000;
const LOOKS = 30;

const REPORTS = {
  'opening the report': getBasicReport,
  'opening the analytics': getAnalytics,
} as const;
type What = keyof typeof REPORTS;

/** Two years of so many visits, rolled up. */
async function hospitalOf(visits: number, rows: Row[]) {
  const [kind] = PILOT_KINDS;
  if (!kind) throw new Error('There is no kind');
  const organization = await testOrganization({ plan: 'professional' });
  const base = organization.ctx();
  const features = { ...base.organization.features, enableAnalytics: true };
  const ctx: TenantContext = { ...base, organization: { ...base.organization, features } };
  const started = performance.now();
  const log = (line: string) => process.stdout.write(`${line}\n`);
  await addHistory(ctx, kind, { visits, seed: 7, hasTrade: false, log });
  const written = performance.now();
  const days = await rebuildRollups(ctx);
  rows.push({ what: `${visits} visits of two years written`, value: ms(written - started) });
  rows.push({ what: `their ${days} days rolled up`, value: ms(performance.now() - written) });
  return {
    ctx,
    took: { 'opening the report': [], 'opening the analytics': [] } as Record<What, number[]>,
    organization,
  };
}

/**
 * Opening reports over many visits must not cost more than three times what it costs over a thousand. Both
 * are opened in turn, so that whatever else the machine does is in both figures.
 */
export async function bench(): Promise<number> {
  const rows: Row[] = [];
  const few = await hospitalOf(FEW, rows);
  const many = await hospitalOf(MANY, rows);
  for (let look = 0; look <= LOOKS; look++) {
    for (const { ctx, took } of [few, many]) {
      const range = rangeOf({}, today(ctx.timeZone));
      for (const what of Object.keys(REPORTS) as What[]) {
        const begun = performance.now();
        await REPORTS[what](ctx, range);
        // The first opens connections and compiles models.
        if (look > 0) took[what].push(performance.now() - begun);
      }
    }
  }
  for (const what of Object.keys(REPORTS) as What[]) {
    const [over, under] = [percentile(many.took[what], 0.5), percentile(few.took[what], 0.5)];
    rows.push({
      what,
      value: `${ms(over)} over ${MANY}`,
      against: `${ms(under)} over ${FEW}: ${times(over / under)}`,
      budget: '3 x',
      isKept: over <= under * 3,
    });
  }
  for (const { organization } of [few, many]) await organization.dispose();
  const failed = printRows(`Reports over ${MANY} visits`, rows);
  await closeConnections();
  return failed;
}
