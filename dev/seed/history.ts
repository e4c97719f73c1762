import { rebuildRollups } from '@/features/insight/reports/rollups/roll-up';
import type { TenantContext } from '@/lib/tenancy/context';
import { enqueue } from '@/lib/work/queue';
import { PEOPLE_OF } from '../pilot/history/names';
import { addHistory } from '../pilot/history/walk';
import { seedDocuments } from './documents';
import type { Hospital } from './hospitals';

/** How many times as many patients come now as did when the hospital opened two years ago. */
const GROWTH = 25;
const TWO_YEARS = 730;

/** Of the visits of two years with that growth, those of one day now. */
const NOW_SHARE = 0.0055;

/** The reports of more days are left to the worker: it has them before anybody has looked around. */
const MOST_DAYS_AT_ONCE = 200;

/**
 * Two years of work before today. `DEMO_HISTORY` says how much of it (1 is all, 0 is none, as the browser's
 * tests have it) and `DEMO_DAYS` in how many days.
 * @returns what was made, in a sentence for who waits
 */
export async function seedHistory(ctx: TenantContext, hospital: Hospital): Promise<string | null> {
  const share = Number(process.env.DEMO_HISTORY || 1);
  const days = Number(process.env.DEMO_DAYS || TWO_YEARS);
  const visits = Math.round(hospital.visits * share);
  if (!(visits > 0 && days > 0)) return null;
  const started = performance.now();
  const names = { ...PEOPLE_OF[hospital.country === 'IN' ? 'IN' : 'US'], ...hospital.home };
  const made = await addHistory(
    ctx,
    { names, patientsPerDay: Math.round(hospital.visits * share * NOW_SHARE) },
    { visits, days, seed: 1, growth: GROWTH },
  );
  await seedDocuments(ctx);
  if (days > MOST_DAYS_AT_ONCE) await enqueue('reports.roll-up', 'demonstration');
  else await rebuildRollups(ctx);
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  return `${hospital.name}: ${made} visits of ${days} days in ${seconds} s`;
}
