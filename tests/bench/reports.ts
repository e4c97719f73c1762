import { addHistory } from '@/dev/pilot/history';
import { PILOT_KINDS } from '@/dev/pilot/kinds';
import { getAnalytics, getBasicReport } from '@/lib/features/reports/queries';
import { rebuildRollups } from '@/lib/features/reports/rollups/roll-up';
import { rangeOf } from '@/lib/features/reports/schema';
import { today } from '@/lib/time';
import { closeConnections, testOrganization } from '@/tests/support/organization';
import { ms, percentile, printRows, type Row, times } from './report';

const MANY = Number(process.env.BENCH_VISITS ?? 1_000_000);
const FEW = 1_000;
const LOOKS = 30;

/** Opening reports over many visits must not cost more than three times what it costs over a thousand. */
export async function bench(): Promise<number> {
  const [kind] = PILOT_KINDS;
  if (!kind) throw new Error('There is no kind');
  const rows: Row[] = [];
  const looks: Record<'basic' | 'analytics', number[]>[] = [];
  for (const visits of [FEW, MANY]) {
    const organization = await testOrganization({ plan: 'professional' });
    const base = organization.ctx();
    const features = { ...base.organization.features, enableAnalytics: true };
    const ctx = { ...base, organization: { ...base.organization, features } };
    const started = performance.now();
    await addHistory(ctx, kind, { visits, seed: 7, log: (line) => process.stdout.write(`${line}\n`) });
    const written = performance.now();
    const days = await rebuildRollups(ctx);
    rows.push({ what: `${visits} visits of two years written`, value: ms(written - started) });
    rows.push({ what: `their ${days} days rolled up`, value: ms(performance.now() - written) });
    const range = rangeOf({}, today(ctx.timeZone));
    const took: (typeof looks)[number] = { basic: [], analytics: [] };
    for (let look = 0; look < LOOKS; look++) {
      const begun = performance.now();
      await getBasicReport(ctx, range);
      const between = performance.now();
      await getAnalytics(ctx, range);
      // The first opens connections and compiles models.
      if (look === 0) continue;
      took.basic.push(between - begun);
      took.analytics.push(performance.now() - between);
    }
    looks.push(took);
    await organization.dispose();
  }
  for (const what of ['basic', 'analytics'] as const) {
    const [few = 0, many = 0] = looks.map((took) => percentile(took[what], 0.5));
    rows.push({
      what: what === 'basic' ? 'opening the report' : 'opening the analytics',
      value: `${ms(many)} over ${MANY}`,
      against: `${ms(few)} over ${FEW}: ${times(many / few)}`,
      budget: '3 x',
      isKept: many <= few * 3,
    });
  }
  const failed = printRows(`Reports over ${MANY} visits`, rows);
  await closeConnections();
  return failed;
}
