import pLimit from 'p-limit';
import { getVisit, listQueue } from '@/features/frontdesk/queue/queries';
import { checkInInput } from '@/features/frontdesk/queue/schema';
import { checkIn } from '@/features/frontdesk/queue/service/check-in';
import { completeStep } from '@/features/frontdesk/queue/service/complete-step';
import { startStep } from '@/features/frontdesk/queue/service/start-step';
import { listDoctors } from '@/features/identity/staff/directory';
import { getBasicReport } from '@/features/insight/reports/queries';
import { rangeOf } from '@/features/insight/reports/schema';
import { registerPatientInput } from '@/features/patients/patients/schema';
import { registerPatient } from '@/features/patients/patients/service';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import { dispense } from '@/features/pharmacy/medicines/service';
import { assess, measure, signExamination } from '@/features/record/examinations/service';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { assessmentOf } from './history/assessed';
import { randomOf } from './history/chance';
import { measurementsOf } from './history/measured';
import { newPhone } from './history/people';
import { storyOf } from './history/stories';
import type { PilotKind } from './kinds';

/** Milliseconds of each call by what was done, and what failed. */
export type Tally = { took: Map<string, number[]>; errors: string[] };
export const newTally = (): Tally => ({ took: new Map(), errors: [] });

async function timed<T>(tally: Tally, what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  const known = tally.took.get(what) ?? [];
  known.push(performance.now() - started);
  tally.took.set(what, known);
  return result;
}

/**
 * A day of one hospital by the product's own services: each patient is registered, checked in, goes from
 * station to station, gets a medicine and leaves; the queue is looked at as its screens do, and the owner
 * opens the report.
 */
export async function liveDay(
  ctx: TenantContext,
  kind: Pick<PilotKind, 'names'>,
  { patients, atOnce, seed }: { patients: number; atOnce: number; seed: number },
  tally: Tally,
): Promise<void> {
  const random = randomOf(seed);
  const doctors = await listDoctors(ctx);
  const medicines = await medicineModel(ctx).find({}).select('_id').limit(6).lean();
  const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)];
  const plans = Array.from({ length: patients }, (_, index) => ({
    first: pick(kind.names.first) ?? 'A',
    last: pick(kind.names.last) ?? 'B',
    doctorId: pick(doctors)?.id ?? '',
    medicineId: pick(medicines)?._id.toString(),
    year: 1940 + (index % 70),
  }));
  const limit = pLimit(atOnce);
  await Promise.all(
    plans.map((plan) =>
      limit(() => liveVisit(ctx, plan, tally)).catch((error: unknown) => {
        tally.errors.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
      }),
    ),
  );
  await timed(tally, 'open the report', () => getBasicReport(ctx, rangeOf({}, today(ctx.timeZone))));
}

async function liveVisit(
  ctx: TenantContext,
  plan: { first: string; last: string; doctorId: string; medicineId: string | undefined; year: number },
  tally: Tally,
): Promise<void> {
  const registered = await timed(tally, 'register a patient', () =>
    registerPatient(
      ctx,
      registerPatientInput.parse({
        firstName: plan.first,
        lastName: plan.last,
        phone: newPhone(),
        dateOfBirth: `${plan.year}-03-14`,
        sex: 'female',
        allowDuplicate: 'yes',
      }),
    ),
  );
  if (registered.kind !== 'registered') throw new Error('A new patient was taken for a known one');
  const { visit } = await timed(tally, 'check in', () =>
    checkIn(
      ctx,
      checkInInput.parse({ patientId: registered.patient.id, doctorId: plan.doctorId, priority: 'normal' }),
    ),
  );
  await timed(tally, 'look at the queue', () => listQueue(ctx));
  const story = storyOf(new Date().getFullYear() - plan.year, Math.random);
  for (let guard = 0; guard < 10; guard++) {
    const { steps } = await timed(tally, 'open the visit', () => getVisit(ctx, visit.id));
    const open = steps.find(({ status }) => status === 'waiting');
    if (!open) break;
    await timed(tally, 'start a step', () => startStep(ctx, open.id));
    const write = { visitId: visit.id, version: 0, reason: undefined };
    if (open.station === 'optometry')
      await timed(tally, 'write measurements', () =>
        measure(ctx, { ...write, measurements: measurementsOf(story, Math.random) }),
      );
    if (open.station === 'doctor') {
      await timed(tally, 'write the examination', () =>
        assess(ctx, { ...write, assessment: assessmentOf(story) }),
      );
      await timed(tally, 'sign', () => signExamination(ctx, { visitId: visit.id, version: 1 }));
    }
    const { medicineId } = plan;
    if (open.station === 'pharmacy' && medicineId)
      await timed(tally, 'dispense', () => dispense(ctx, { medicineId, quantity: 1, note: undefined }));
    const moved = await timed(tally, 'complete a step', () => completeStep(ctx, open.id));
    if (moved.station === null) return;
  }
  throw new Error(`Token ${visit.token} did not come to an end`);
}
