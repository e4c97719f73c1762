import { parseArgs } from 'node:util';
import '@/server/master-models';
import '@/server/tenant-models';
import { env } from '@/lib/env';
import { closeMaster } from '@/lib/master/connection';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { closeProvisioner } from '@/lib/provisioning/providers/self-hosted';
import { stripe } from '@/lib/stripe/client';
import { isOutOfReach } from '@/lib/stripe/failures';
import { drainTenants } from '@/lib/tenancy/factory';
import { liveDay, newTally } from './day';
import { makePilot, PILOT_PASSWORD } from './make';
import { requireTestKey } from './money';

const USE = 'npm run tenants -- pilot [--count 10] [--visits 2000] [--seed 1] [--without-money] [--yes]';

/**
 * `npm run tenants -- pilot`: hospitals of ten kinds with two years behind them and a day at work.
 * @returns the exit code.
 */
export async function pilot(args: readonly string[], { isDemo }: { isDemo: boolean }): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: 'string', default: '10' },
      visits: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      'without-money': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    },
  });
  const [count, visits, seed] = [Number(values.count), Number(values.visits), Number(values.seed)];
  const isWrong =
    ![count, visits, seed].every(Number.isInteger) ||
    count < 1 ||
    count > 100 ||
    visits < 0 ||
    visits > 2_000_000;
  if (isWrong) {
    process.stderr.write(`${USE}\n`);
    return 2;
  }
  if (!isDemo && !values.yes) {
    process.stderr.write('This is not the demo. To make invented hospitals here all the same, add --yes.\n');
    return 2;
  }
  const hasMoney = !values['without-money'];
  try {
    requireTestKey(env().STRIPE_SECRET_KEY);
    if (hasMoney) await stripe().testHelpers.testClocks.list({ limit: 1 });
  } catch (error) {
    const sentence = isOutOfReach(error)
      ? 'Stripe cannot be reached. To make hospitals that never paid anything, add --without-money.'
      : String(error instanceof Error ? error.message : error);
    process.stderr.write(`${sentence}\n`);
    return 2;
  }
  const say = (line: string) => process.stdout.write(`${line}\n`);
  try {
    await ensureMasterIndexes();
    const pilots = await makePilot({ count, visits, seed, hasMoney, log: say });
    const tally = newTally();
    for (const { kind, ctx } of pilots) {
      if (kind.status === 'read_only') continue;
      await liveDay(ctx, kind, { patients: kind.patientsPerDay, atOnce: 4, seed }, tally);
    }
    const calls = [...tally.took.values()].reduce((sum, all) => sum + all.length, 0);
    say(`A day at work: ${calls} calls, ${tally.errors.length} errors.`);
    for (const error of tally.errors.slice(0, 10)) say(`  ${error}`);
    say(
      `Owners sign in as owner@<kind>.pilot.test, such as owner@twenty.pilot.test, with "${PILOT_PASSWORD}".`,
    );
    return tally.errors.length > 0 ? 1 : 0;
  } finally {
    drainTenants();
    await closeProvisioner();
    await closeMaster();
  }
}
