import { randomInt, randomUUID } from 'node:crypto';
import { billModel } from '@/features/cashier/bills/model';
import {
  duesOfPatient,
  feesOfVisits,
  findBills,
  listBills,
  listBillsOfPatient,
} from '@/features/cashier/bills/queries';
import { billListQuery } from '@/features/cashier/bills/schema';
import { countCharges } from '@/features/cashier/charges/queries';
import { readDayBook } from '@/features/cashier/day-book/queries';
import { closeShiftInput } from '@/features/cashier/shifts/schema';
import { closeShift } from '@/features/cashier/shifts/service';
import { newObjectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { aBill, aPayment, aService, aShift } from '@/tests/builders/bill';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { ms, percentile, printRows, type Row, times } from './report';

const MANY = Number(process.env.BENCH_BILLS ?? 1_000_000);
const FEW = 1_000;
const LOOKS = 20;
const BATCH = 2_000;
const DAYS = 730;
/** One of so many bills has something due. */
const DUE = 50;
const OF_TODAY = 60;

/** Bills of two years before today, of a patient for each ten; small rows: what the counter reads. */
async function addBills(ctx: TenantContext, count: number): Promise<void> {
  const { collection } = billModel(ctx);
  const day = today(ctx.timeZone);
  const noon = Date.now() - 24 * 3_600_000;
  const patients = Array.from({ length: Math.max(Math.floor(count / 10), 1) }, () => newObjectId());
  for (let from = 0; from < count; from += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - from) }, (_, offset) => {
      const index = from + offset;
      const back = DAYS - Math.floor((index * DAYS) / count);
      const isDue = index % DUE === 0;
      const minor = 50_000 + (index % 40) * 2_500;
      return {
        _id: newObjectId(),
        kind: 'bill',
        number: `H1B/B/${String(index).padStart(8, '0')}`,
        day: shiftDay(day, -back),
        at: new Date(noon - (back - 1) * 24 * 3_600_000 + (index % 20_000)),
        patientId: patients[index % patients.length],
        patient: { name: 'Lakshmi Iyer', number: `P-${index % patients.length}` },
        visitId: newObjectId(),
        lines: [],
        currency: 'INR',
        ...{ grossMinor: minor, discountMinor: 0, taxableMinor: minor, taxMinor: 0, roundOffMinor: 0 },
        ...{ totalMinor: minor, roundStep: 1, supplier: { name: 'Bench', address: '' } },
        ...{ paidMinor: isDue ? 0 : minor, creditedMinor: 0, payerMinor: 0, payerDueMinor: 0 },
        ...{ dueMinor: isDue ? minor : 0, isDue, isCredited: false, prints: 0 },
        ...{ byUserId: 'bench', byName: 'Bench', createdAt: new Date(), updatedAt: new Date() },
      };
    });
    await collection.insertMany(rows, { ordered: false });
  }
}

type Hospital = {
  organization: Awaited<ReturnType<typeof testOrganization>>;
  ctx: TenantContext;
  patientId: string;
  service: Awaited<ReturnType<typeof aService>>;
  visits: string[];
  took: Map<string, number[]>;
};

/** With a day at the counter on top of its past, the same in every hospital. */
async function hospitalOf(count: number, rows: Row[]): Promise<Hospital> {
  const organization = await testOrganization({ plan: 'enterprise' });
  const ctx = organization.ctx();
  const begun = performance.now();
  await addBills(ctx, count);
  rows.push({ what: `${count} bills written`, value: ms(performance.now() - begun) });
  process.stdout.write(`  ${count} bills are written\n`);
  const service = await aService(ctx, { price: '500' });
  const patientId = (await aPatient(ctx)).id;
  await aShift(ctx);
  const visits: string[] = [];
  for (let index = 0; index < OF_TODAY; index++) {
    const visitId = newObjectId().toString();
    visits.push(visitId);
    const { id } = await aBill(ctx, { patientId, visitId, lines: [{ service }] });
    if (index % 3 > 0) await aPayment(ctx, { billId: id, cash: '500' });
  }
  return { organization, ctx, patientId, service, visits, took: new Map() };
}

const list = (query: Record<string, string>) => billListQuery.parse(query);
/** What the counter asks for, and what it does. */
const ASKED: Record<string, (of: Hospital) => Promise<unknown>> = {
  'the visits of today with their fees': ({ ctx, visits }) => feesOfVisits(ctx, visits),
  'what waits to be billed': ({ ctx }) => countCharges(ctx),
  'the bills of a day': ({ ctx }) => listBills(ctx, list({ day: today(ctx.timeZone) })),
  'the bills of a patient': ({ ctx, patientId }) => listBillsOfPatient(ctx, patientId),
  'what a patient owes': ({ ctx, patientId }) => duesOfPatient(ctx, patientId),
  'the day book': ({ ctx }) => readDayBook(ctx, today(ctx.timeZone)),
  'a bill issued and paid in two ways': async ({ ctx, patientId, service }) => {
    const { id } = await aBill(ctx, { patientId, lines: [{ service }] });
    const upiReference = String(randomInt(100_000_000_000, 281_474_976_710_655)).slice(0, 12);
    await aPayment(ctx, { billId: id, cash: '200', upi: '300', upiReference });
  },
};

/**
 * Lists without bounds, judged by what the server has to read: the embedded one walks every key before it
 * heeds a limit, so its time says nothing of another.
 */
const LISTS = {
  'the bills with something due': { show: 'due' },
  'all bills, newest first': { show: 'all' },
};

/**
 * What the counter asks for and does must not cost more than three times what it costs among a thousand
 * bills, and its day must close with the right cash.
 */
export async function bench(): Promise<number> {
  const rows: Row[] = [];
  const few = await hospitalOf(FEW, rows);
  const many = await hospitalOf(MANY, rows);
  // In turn, so that whatever else the machine does is in both figures.
  for (let look = 0; look <= LOOKS; look++)
    for (const hospital of [few, many])
      for (const [what, ask] of Object.entries(ASKED)) {
        const begun = performance.now();
        await ask(hospital);
        // The first opens connections and compiles models.
        if (look > 0)
          hospital.took.set(what, [...(hospital.took.get(what) ?? []), performance.now() - begun]);
      }
  for (const what of Object.keys(ASKED)) {
    const [over, under] = [many, few].map(({ took }) => percentile(took.get(what) ?? [], 0.5));
    if (over === undefined || under === undefined) continue;
    rows.push({
      what,
      value: `${ms(over)} among ${MANY}`,
      against: `${ms(under)} among ${FEW}: ${times(over / under)}`,
      budget: '3 x',
      isKept: over <= under * 3,
    });
  }
  for (const [what, query] of Object.entries(LISTS)) {
    const find = findBills(many.ctx, list(query));
    const plan = JSON.parse(JSON.stringify(await find.explain('executionStats')));
    const { nReturned, totalKeysExamined, totalDocsExamined } = plan.executionStats;
    const examined = Math.max(totalKeysExamined, totalDocsExamined);
    rows.push({
      what: `read for ${what}`,
      value: `${examined} for ${nReturned} shown`,
      budget: '2 x + 10, by an index',
      isKept:
        nReturned > 0 &&
        examined <= 2 * nReturned + 10 &&
        !/COLLSCAN|"SORT"/.test(JSON.stringify(plan.executionStats)),
    });
  }
  const paid = OF_TODAY - Math.ceil(OF_TODAY / 3);
  const cash = 1_000 + paid * 500 + (LOOKS + 1) * 200;
  const counted = { denomination: ['note-10000'], pieces: [String(cash / 100)], isRestNone: 'on' };
  const closed = await closeShift(many.ctx, closeShiftInput.parse({ ...counted, reason: randomUUID() }));
  rows.push({
    what: 'the drawer at the end of it',
    value: `${closed.closed?.differenceMinor} over or short`,
    budget: '0',
    isKept: closed.closed?.differenceMinor === 0,
  });
  for (const { organization } of [few, many]) await organization.dispose();
  const failed = printRows(`The counter among ${MANY} bills`, rows);
  await closeConnections();
  return failed;
}
