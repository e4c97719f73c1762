import { liveDay, newTally } from '@/dev/pilot/day';
import { makePilot } from '@/dev/pilot/make';
import { patientModel } from '@/features/patients/patients/model';
import { closeMaster } from '@/lib/master/connection';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { closeProvisioner } from '@/lib/provisioning/providers/self-hosted';
import { drainTenants } from '@/lib/tenancy/factory';
import '@/server/master-models';
import '@/server/tenant-models';
import { ms, percentile, printRows, type Row, times } from './report';

const SCALES = (process.env.BENCH_SCALES ?? '1,10,100').split(',').map(Number);
const COUNT = Number(process.env.BENCH_PILOTS ?? 10);
const VISITS = Number(process.env.BENCH_VISITS ?? 1_000);
/** Patients a hospital has at a scale of 1; the kinds' own days would take hours at 100. */
const PATIENTS = 2;

/** The pilot's day at several sizes: what a call takes, how many there are a second, and that none fails. */
export async function bench(): Promise<number> {
  await ensureMasterIndexes();
  const pilots = (
    await makePilot({
      count: COUNT,
      visits: VISITS,
      seed: 1,
      log: (line) => process.stdout.write(`  ${line}\n`),
    })
  ).filter(({ kind }) => kind.status !== 'read_only');
  const [first] = pilots;
  if (!first) throw new Error('There is no pilot');
  const yard: number[] = [];
  for (let index = 0; index < 300; index++) {
    const started = performance.now();
    await patientModel(first.ctx).collection.findOne({ sequence: 1 + (index % 10) });
    yard.push(performance.now() - started);
  }
  const yardstick = percentile(yard, 0.5);
  let failed = 0;
  for (const scale of SCALES) {
    const tally = newTally();
    const started = performance.now();
    await Promise.all(
      pilots.map(({ ctx, kind }, index) =>
        liveDay(
          ctx,
          kind,
          { patients: PATIENTS * scale, atOnce: Math.min(8, scale), seed: scale * 100 + index },
          tally,
        ),
      ),
    );
    const seconds = (performance.now() - started) / 1_000;
    const calls = [...tally.took.values()].reduce((sum, all) => sum + all.length, 0);
    const rows: Row[] = [...tally.took].map(([what, took]) => ({
      what,
      value: `p50 ${ms(percentile(took, 0.5))}, p95 ${ms(percentile(took, 0.95))}`,
      against: `${times(percentile(took, 0.5) / yardstick)} a read by the plain driver (${ms(yardstick)})`,
    }));
    rows.push({
      what: 'calls a second',
      value: (calls / seconds).toFixed(0),
      against: `${calls} in ${seconds.toFixed(1)} s`,
    });
    rows.push({
      what: 'errors',
      value: String(tally.errors.length),
      ...(tally.errors[0] ? { against: tally.errors[0].slice(0, 100) } : {}),
      budget: 'none',
      isKept: tally.errors.length === 0,
    });
    failed += printRows(
      `The pilot's day, ${scale} x: ${pilots.length} hospitals, ${PATIENTS * scale} patients each`,
      rows,
    );
  }
  drainTenants();
  await closeProvisioner();
  await closeMaster();
  return failed;
}
