import { Agent, request } from 'node:http';
import { addHistory } from '@/dev/pilot/history/walk';
import { PILOT_KINDS } from '@/dev/pilot/kinds';
import { billSettingsInput } from '@/features/cashier/bill-settings/schema';
import { updateBillSettings } from '@/features/cashier/bill-settings/service';
import { duesOfPatient, feesOfVisits, listBillsOfPatient } from '@/features/cashier/bills/queries';
import { countCharges } from '@/features/cashier/charges/queries';
import { listOffersToMe } from '@/features/cashier/handovers/queries';
import { listAdvances } from '@/features/cashier/payments/queries';
import { findOwnShift } from '@/features/cashier/shifts/queries';
import { countWaiting, listGivenOut, listWaiting } from '@/features/dispensary/dispenses/queries';
import { pharmacyQuery } from '@/features/dispensary/dispenses/schema';
import {
  countDay,
  countStranded,
  listAppointments,
  listAppointmentsOfPatient,
  listDay,
  weekLoads,
} from '@/features/frontdesk/appointments/queries';
import { visitModel } from '@/features/frontdesk/queue/model';
import {
  estimateWaitOf,
  firstDayOf,
  getVisit,
  listBoard,
  listEndedToday,
  listLookalikes,
  listQueue,
  listVisitsOfPatient,
  listVisitsOfYear,
  openVisit,
} from '@/features/frontdesk/queue/queries';
import { checkInInput } from '@/features/frontdesk/queue/schema';
import { checkIn } from '@/features/frontdesk/queue/service/check-in';
import { readPlans } from '@/features/frontdesk/schedules/queries';
import { getOverview } from '@/features/frontdesk/today/queries';
import { listDoctors } from '@/features/identity/staff/directory';
import { listChartOpenings } from '@/features/insight/audit/queries';
import { getBasicReport } from '@/features/insight/reports/queries';
import { bringUpToDate, rebuildRollups } from '@/features/insight/reports/rollups/roll-up';
import { rangeOf } from '@/features/insight/reports/schema';
import { findAllergies } from '@/features/patients/allergies/queries';
import { findPortrait, listFiles } from '@/features/patients/files/queries';
import { dayChangeModel } from '@/features/patients/notes/model';
import { patientModel } from '@/features/patients/patients/model';
import { countPatients, getPatient, listPatients, openPatient } from '@/features/patients/patients/queries';
import { patientListQuery } from '@/features/patients/patients/schema';
import { countMedicines, listMedicines, stockAlerts } from '@/features/pharmacy/medicines/queries';
import { medicineListQuery } from '@/features/pharmacy/medicines/schema';
import { addStarterFormulary } from '@/features/pharmacy/medicines/service';
import { storesAndCounter } from '@/features/pharmacy/stores/queries';
import {
  listContactLensesOfPatient,
  listContactLensesOfVisits,
} from '@/features/record/contact-lenses/queries';
import {
  findExamination,
  findEyeRecord,
  listExaminationsOfPatient,
  listExaminationsOfYear,
  listExaminationVersions,
} from '@/features/record/examinations/queries';
import { listLettersOfPatient, listLettersOfVisits } from '@/features/record/letters/queries';
import { listDoneProcedures, listOrdersOfVisit } from '@/features/record/orders/queries';
import {
  listPrescriptionsOfPatient,
  listPrescriptionsOfVisit,
  listPrescriptionsOfVisits,
} from '@/features/record/prescriptions/queries';
import { listSpectaclesOfPatient, listSpectaclesOfVisits } from '@/features/record/spectacles/queries';
import { countSamples } from '@/features/support/samples/queries';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { addLargePast } from './large-past';
import { type Plan, plansOf } from './plain-queries';
import { ms, percentile, printRows, type Row, times } from './report';

/** DESIGN section 11 says a million patients and five million visits; less where there is less time. */
const PATIENTS = Number(process.env.BENCH_PATIENTS ?? 200_000);
const VISITS = Number(process.env.BENCH_VISITS ?? 1_000_000);
/** With prescriptions, bills and stock: in the small hospital, and in the large one beside the others. */
const LIVED = { small: 1_000, large: Math.max(1_000, Math.min(20_000, Math.round(VISITS / 75))) };
const LOOKS = 25;
const SHOWN_DAYS = 62;
const WAITING = { few: 20, many: 400 };
const BUDGET = { growth: 1.5 };

export type Stack = {
  app: string;
  env: Record<string, string | undefined>;
  cookieOf: (who: { email: string; password: string }) => Promise<string>;
};

type Person = { patientId: string; visitId: string };
type Hospital = {
  name: string;
  ctx: TenantContext;
  cookie: string;
  /** Who comes as most do, and who has come for ten years. */
  usual: Person;
  faithful: Person;
};

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function get(address: string, cookie: string): Promise<{ took: number; bytes: number }> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(address, { agent, headers: { cookie } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve({ took: performance.now() - started, bytes });
        else reject(new Error(`${address} answered ${answer.statusCode}`));
      });
    });
    sent.once('error', reject);
    sent.end();
  });
}

/** The next ones of the list who come today, and wait. */
async function addWaiting(ctx: TenantContext, count: number): Promise<void> {
  const doctors = await listDoctors(ctx);
  const here = new Set(
    (
      await visitModel(ctx)
        .find({ day: today(ctx.timeZone) })
        .select('patientId')
        .lean()
    ).map((visit) => visit.patientId.toString()),
  );
  const rows = await patientModel(ctx)
    .find({})
    .sort({ sequence: 1 })
    .limit(count * 2 + 50)
    .select('_id')
    .lean();
  const coming = rows.map(({ _id }) => _id.toString()).filter((id) => !here.has(id));
  for (const [index, patientId] of coming.slice(0, count - here.size).entries()) {
    const doctorId = doctors[index % doctors.length]?.id ?? '';
    await checkIn(ctx, checkInInput.parse({ patientId, doctorId, priority: 'normal' }));
  }
}

async function usualOf(ctx: TenantContext): Promise<Person> {
  // Signed, and with a prescription: the latest of those who have both.
  const day = shiftDay(today(ctx.timeZone), -40);
  for (let ahead = 0; ahead < 30; ahead++) {
    const visits = await visitModel(ctx)
      .find({ day: shiftDay(day, ahead) })
      .select('patientId')
      .lean();
    for (const { _id, patientId } of visits) {
      const written = await listPrescriptionsOfVisit(ctx, _id.toString());
      if (written.length > 0) return { patientId: patientId.toString(), visitId: _id.toString() };
    }
  }
  throw new Error('Nobody has a prescription.');
}

async function hospitalOf(stack: Stack, size: 'small' | 'large', rows: Row[]): Promise<Hospital> {
  const [kind] = PILOT_KINDS;
  if (!kind) throw new Error('There is no kind.');
  const organization = await testOrganization({
    name: `The ${size} one`,
    plan: 'enterprise',
    maxUsers: null,
  });
  for (const name of ['Dr Asha Rao', 'Dr Joseph Kurian', 'Dr Meena Das']) await organization.doctor({ name });
  for (const role of ['optometrist', 'receptionist', 'pharmacist', 'cashier'] as const)
    await organization.addStaff(role, `Test ${role}`);
  const ctx = organization.ctx();
  const settings = { isRounded: 'on', address: '12 North Veli Street' };
  await updateBillSettings(ctx, billSettingsInput.parse(settings));
  await addStarterFormulary(ctx);
  const log = (line: string) => process.stdout.write(`  ${size}: ${line}\n`);
  let begun = performance.now();
  const say = (what: string) => {
    rows.push({
      what: `the ${size} one: ${what}`,
      value: `${((performance.now() - begun) / 1_000).toFixed(0)} s`,
    });
    begun = performance.now();
  };
  const visits = LIVED[size];
  // Each booking of the small hospital's next days is also one of the large one's.
  await addHistory(ctx, { ...kind, patientsPerDay: 20 }, { visits, seed: 3, growth: 2, log });
  say(`${visits} visits with all that follows from one`);
  const days = await rebuildRollups(ctx);
  say(`${days} days rolled up`);
  const usual = await usualOf(ctx);
  let faithful = usual;
  if (size === 'large') {
    faithful = await addLargePast(ctx, { patients: PATIENTS, visits: VISITS, log });
    say(`${PATIENTS} patients and ${VISITS} visits of ten years`);
    // As a change of an ended day does: those that a report of a month and the one before it reads.
    const changed = Array.from({ length: SHOWN_DAYS }, (_, back) => ({
      day: shiftDay(today(ctx.timeZone), -1 - back),
    }));
    await dayChangeModel(ctx).insertMany(changed);
    await bringUpToDate(ctx);
    say(`${SHOWN_DAYS} of its days rolled up again`);
  }
  await addWaiting(ctx, WAITING.few);
  const cookie = await stack.cookieOf({ email: organization.owner.email, password: TEST_PASSWORD });
  return { name: size, ctx, cookie, usual, faithful };
}

type Page = {
  what: string;
  path: (of: Hospital) => string;
  /** The embedded server walks the whole range behind a limit: what is read judges it, and no time. */
  isRead?: boolean;
};
const PAGES: readonly Page[] = [
  { what: '/today', path: () => '/today' },
  { what: '/patients', path: () => '/patients' },
  { what: '/patients by name', path: () => '/patients?sort=name', isRead: true },
  { what: 'a patient', path: ({ usual }) => `/patients/${usual.patientId}` },
  { what: 'a visit', path: ({ usual }) => `/visits/${usual.visitId}` },
  { what: '/queue', path: () => '/queue?station=all' },
  { what: '/appointments', path: () => '/appointments' },
  { what: '/medicines', path: () => '/medicines' },
  { what: '/reports', path: () => '/reports' },
  { what: '/pharmacy', path: () => '/pharmacy' },
  { what: '/pharmacy, earlier days', path: () => '/pharmacy?show=earlier' },
  { what: '/cashier', path: () => '/cashier' },
];
const lastYear = ({ timeZone }: TenantContext): number => Number(today(timeZone).slice(0, 4)) - 1;
const FAITHFUL: readonly Page[] = [
  { what: 'the patient of ten years', path: ({ faithful }) => `/patients/${faithful.patientId}` },
  {
    what: 'one of their years',
    path: ({ faithful, ctx }) => `/patients/${faithful.patientId}/years?year=${lastYear(ctx)}`,
  },
  { what: 'the last visit of ten years', path: ({ faithful }) => `/visits/${faithful.visitId}` },
];
const CROWDED: readonly Page[] = [
  { what: `/queue with ${WAITING.many} waiting`, path: () => '/queue?station=all' },
  { what: `/today with ${WAITING.many} waiting`, path: () => '/today' },
];

/** Each page of both hospitals in turn, so that whatever else the machine does is in both figures. */
async function compare(
  app: string,
  [small, large]: [Hospital, Hospital],
  pages: readonly Page[],
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { what, path, isRead = false } of pages) {
    const took = new Map<Hospital, number[]>([
      [small, []],
      [large, []],
    ]);
    let bytes = 0;
    // Where no time judges, one is enough to see that the page comes.
    const looks = isRead ? 1 : LOOKS;
    for (let look = 0; look < looks + 3; look++)
      for (const hospital of [small, large]) {
        const answer = await get(`${app}${path(hospital)}`, hospital.cookie);
        bytes = answer.bytes;
        // The first ones open connections and compile.
        if (look >= 3) took.get(hospital)?.push(answer.took);
      }
    const [over, under] = [large, small].map((one) => percentile(took.get(one) ?? [], 0.5));
    if (over === undefined || under === undefined) continue;
    rows.push({
      what,
      value: `p50 ${ms(over)}, ${Math.round(bytes / 1024)} KB`,
      against: `${ms(under)} in the small one: ${times(over / under)}`,
      ...(isRead
        ? { budget: 'by what is read' }
        : { budget: `${BUDGET.growth} x`, isKept: over <= under * BUDGET.growth }),
    });
  }
  return rows;
}

const lookAtPatient = async (ctx: TenantContext, patientId: string) => {
  const patient = await openPatient(ctx, patientId);
  await Promise.all([
    findAllergies(ctx, patientId),
    listLookalikes(ctx, patient),
    findPortrait(ctx, patientId),
    listFiles(ctx, { kind: 'patient', id: patientId }),
    listPrescriptionsOfPatient(ctx, patientId),
    listLettersOfPatient(ctx, patientId),
    listSpectaclesOfPatient(ctx, patientId),
    listContactLensesOfPatient(ctx, patientId),
    findEyeRecord(ctx, patientId),
  ]);
  const examined = await listExaminationsOfPatient(ctx, patientId);
  await listDoneProcedures(
    ctx,
    examined.map(({ visitId }) => visitId),
  );
};

/** What the pages read, by the functions that they call. */
const READ: Record<string, (of: Hospital) => Promise<unknown>> = {
  '/today': async ({ ctx }) => [await getOverview(ctx), await stockAlerts(ctx), await countSamples(ctx)],
  '/patients': async ({ ctx }) => [
    await listPatients(ctx, patientListQuery.parse({})),
    await listPatients(ctx, patientListQuery.parse({ sort: 'registered' })),
    await listPatients(ctx, patientListQuery.parse({ sort: 'name' })),
    await listPatients(ctx, patientListQuery.parse({ sort: '-name' })),
    await countPatients(ctx),
  ],
  'a patient': async ({ ctx, faithful: { patientId } }) => {
    await lookAtPatient(ctx, patientId);
    await Promise.all([
      listBillsOfPatient(ctx, patientId),
      listAdvances(ctx, patientId),
      duesOfPatient(ctx, patientId),
      listChartOpenings(ctx, patientId),
      listAppointmentsOfPatient(ctx, patientId),
      listVisitsOfPatient(ctx, patientId),
    ]);
  },
  'a year of a patient': async ({ ctx, faithful: { patientId } }) => {
    const year = lastYear(ctx);
    await firstDayOf(ctx, patientId);
    await listExaminationsOfYear(ctx, patientId, year);
    await listAppointmentsOfPatient(ctx, patientId, year);
    await listBillsOfPatient(ctx, patientId, year);
    const ids = (await listVisitsOfYear(ctx, patientId, year)).map(({ id }) => id);
    await Promise.all([
      ...[listLettersOfVisits, listPrescriptionsOfVisits].map((list) => list(ctx, ids)),
      ...[listSpectaclesOfVisits, listContactLensesOfVisits].map((list) => list(ctx, ids)),
    ]);
  },
  'a visit': async ({ ctx, faithful: { patientId, visitId } }) => {
    await openVisit(ctx, visitId);
    await lookAtPatient(ctx, patientId);
    await Promise.all([
      getPatient(ctx, patientId),
      findExamination(ctx, visitId),
      listExaminationVersions(ctx, visitId),
      listOrdersOfVisit(ctx, visitId),
      listPrescriptionsOfVisit(ctx, visitId),
    ]);
  },
  '/queue': async ({ ctx }) => {
    const { entries } = await listQueue(ctx);
    await feesOfVisits(
      ctx,
      entries.map(({ visitId }) => visitId),
    );
    const [first] = entries;
    if (first) await estimateWaitOf(ctx, await getVisit(ctx, first.visitId));
    await Promise.all([listEndedToday(ctx), listBoard(ctx)]);
  },
  '/appointments': async ({ ctx }) => {
    const day = today(ctx.timeZone);
    await Promise.all([
      readPlans(ctx, { since: shiftDay(day, -6) }),
      countStranded(ctx),
      weekLoads(ctx, day),
      countDay(ctx, day),
      listDay(ctx, day),
      listAppointments(ctx, { day: shiftDay(day, 1), sort: 'time' } as never),
    ]);
  },
  '/medicines': async ({ ctx }) => [
    await listMedicines(ctx, medicineListQuery.parse({})),
    await countMedicines(ctx),
  ],
  '/reports': ({ ctx }) => getBasicReport(ctx, rangeOf({}, today(ctx.timeZone))),
  '/pharmacy': async ({ ctx }) => {
    const { counter } = await storesAndCounter(ctx);
    for (const show of ['waiting', 'earlier', 'owed'] as const)
      await listWaiting(ctx, pharmacyQuery.parse({ show }), counter.id);
    await listGivenOut(ctx, pharmacyQuery.parse({ show: 'given' }));
    await countWaiting(ctx);
  },
  '/cashier': async ({ ctx }) => {
    await Promise.all([findOwnShift(ctx), countCharges(ctx), listOffersToMe(ctx), listEndedToday(ctx)]);
  },
};

const isCheap = ({ examined, returned, isIndexed }: Plan): boolean =>
  isIndexed && examined <= 2 * returned + 10;

/** What is read for each page of the large hospital; each question that reads more than it gives is named. */
async function explain(large: Hospital): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [page, read] of Object.entries(READ)) {
    const plans = await plansOf(() => read(large));
    const dear = plans.filter((plan) => !isCheap(plan));
    rows.push({
      what: `read for ${page}`,
      value: `${plans.length} questions, ${dear.length} of them dear`,
      budget: 'each 2 x + 10, by an index',
      isKept: dear.length === 0,
    });
    for (const { what, examined, returned, isIndexed } of dear)
      rows.push({ what: `  ${examined} for ${returned}${isIndexed ? '' : ', by no index'}`, value: what });
  }
  return rows;
}

/**
 * The pages of a hospital with a million patients and five million visits must cost what they cost in one
 * that has just begun, over HTTP, and what they ask must read no more than is shown.
 */
export async function bench(stack: Stack): Promise<number> {
  const { app } = stack;
  Object.assign(process.env, stack.env);
  const rows: Row[] = [];
  const small = await hospitalOf(stack, 'small', rows);
  const large = await hospitalOf(stack, 'large', rows);
  const both: [Hospital, Hospital] = [small, large];
  rows.push(...(await compare(app, both, [...PAGES, ...FAITHFUL])));
  rows.push(...(await explain(large)));
  for (const { ctx } of both) await addWaiting(ctx, WAITING.many);
  rows.push(...(await compare(app, both, CROWDED)));
  agent.destroy();
  const failed = printRows(
    `Pages among ${PATIENTS} patients and ${VISITS} visits, against a small hospital`,
    rows,
  );
  await closeConnections();
  return failed;
}
