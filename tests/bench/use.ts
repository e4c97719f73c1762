import { movementModel } from '@/features/pharmacy/medicines/model';
import { findMonths, readStretch, readUse } from '@/features/pharmacy/stock-use/queries';
import { rollUpUse, UNREAD_MS } from '@/features/pharmacy/stock-use/roll-up';
import { newObjectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { ms, percentile, printRows, type Row, times } from './report';

const MANY = Number(process.env.BENCH_MOVEMENTS ?? 1_000_000);
const FEW = 1_000;
const LOOKS = 30;
const BATCH = 5_000;
const DAYS = 730;
const MEDICINES = 60;

/** A ledger of two years of some dozens of medicines, each given out now and again, and received. */
async function addMovements(ctx: TenantContext, count: number): Promise<void> {
  const start = Date.now() - DAYS * 86_400_000;
  const medicines = Array.from({ length: MEDICINES }, () => ({ _id: newObjectId(), onHand: 0 }));
  const batchId = newObjectId();
  for (let from = 0; from < count; from += BATCH) {
    const rows: object[] = [];
    for (let index = from; index < Math.min(from + BATCH, count); index++) {
      const medicine = medicines[index % MEDICINES];
      if (!medicine) continue;
      const quantity = medicine.onHand === 0 ? 50 : -1;
      medicine.onHand += quantity;
      rows.push({
        ...{ _id: newObjectId(), medicineId: medicine._id, batchId, lotNumber: 'B' },
        ...{ kind: quantity > 0 ? 'receipt' : 'dispense', quantity, costMinor: quantity * 100 },
        ...{ onHandAfter: medicine.onHand, byUserId: 'bench', byName: 'Bench' },
        at: new Date(start + Math.floor((index * DAYS * 86_400_000) / count)),
      });
    }
    await movementModel(ctx).collection.insertMany(rows, { ordered: false });
  }
}

/** A clock by which it is late in the evening: the longest day of the ledger that is not over yet. */
function lateZone(now = new Date()): string {
  const ahead = 23 - now.getUTCHours();
  const hours = ahead > 12 ? ahead - 24 : ahead;
  // The names of these zones count westwards.
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}

async function hospitalOf(count: number, rows: Row[]) {
  const organization = await testOrganization();
  const ctx: TenantContext = { ...organization.ctx(), timeZone: lateZone() };
  await addMovements(ctx, count);
  const begun = performance.now();
  // As long ago as it may be: what has moved since is read by everybody who asks.
  await rollUpUse(ctx, new Date(Date.now() - UNREAD_MS + 120_000));
  rows.push({ what: `rolled up, ${count} movements`, value: ms(performance.now() - begun) });
  return { organization, ctx, took: new Map<string, number[]>() };
}

const YEAR = 'the use of a year, by medicine';
const PROPOSAL = 'use and days of a proposal, by medicine';
const ASKED = {
  [YEAR]: (ctx: TenantContext) => readUse(ctx, shiftDay(today(ctx.timeZone), -364)),
  [PROPOSAL]: (ctx: TenantContext) => readStretch(ctx, shiftDay(today(ctx.timeZone), -89)),
};

/** What was used of medicines must cost over a million movements what it costs over a thousand. */
export async function bench(): Promise<number> {
  const rows: Row[] = [];
  const few = await hospitalOf(FEW, rows);
  const many = await hospitalOf(MANY, rows);
  for (let look = 0; look <= LOOKS; look++)
    for (const { ctx, took } of [few, many])
      for (const [what, ask] of Object.entries(ASKED)) {
        const begun = performance.now();
        await ask(ctx);
        // The first opens connections and compiles models.
        if (look > 0) took.set(what, [...(took.get(what) ?? []), performance.now() - begun]);
      }
  for (const what of Object.keys(ASKED)) {
    const [over, under] = [many, few].map(({ took }) => percentile(took.get(what) ?? [], 0.5)) as [
      number,
      number,
    ];
    rows.push({
      ...{ what, value: `${ms(over)} among ${MANY}`, budget: '3 x', isKept: over <= under * 3 },
      against: `${ms(under)} among ${FEW}: ${times(over / under)}`,
    });
  }
  const plan = JSON.stringify(await findMonths(many.ctx, '2020-01', '9999-12').explain('executionStats'));
  rows.push({
    what: 'months are found',
    value: /COLLSCAN/.test(plan) ? 'by reading all of them' : 'by an index',
    ...{ budget: 'an index', isKept: !/COLLSCAN/.test(plan) },
  });
  for (const { organization } of [few, many]) await organization.dispose();
  const failed = printRows(`The use of stock among ${MANY} movements`, rows);
  await closeConnections();
  return failed;
}
