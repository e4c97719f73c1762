import '@/server/master-models';
import '@/server/tenant-models';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { issueBillInput } from '@/features/cashier/bills/schema';
import { issueBill } from '@/features/cashier/bills/service';
import { listOpenCharges } from '@/features/cashier/charges/queries';
import { takePaymentInput } from '@/features/cashier/payments/schema';
import { takePayment } from '@/features/cashier/payments/service';
import { findOwnShift } from '@/features/cashier/shifts/queries';
import { openShift } from '@/features/cashier/shifts/service';
import { dispensePrescriptionInput } from '@/features/dispensary/dispenses/schema';
import { dispensePrescription } from '@/features/dispensary/dispenses/service';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import type { QueueEntry } from '@/features/frontdesk/queue/dto';
import { visitModel } from '@/features/frontdesk/queue/model';
import { listQueue } from '@/features/frontdesk/queue/queries';
import { checkInInput } from '@/features/frontdesk/queue/schema';
import { callPatient } from '@/features/frontdesk/queue/service/call-patient';
import { checkIn } from '@/features/frontdesk/queue/service/check-in';
import { completeStep } from '@/features/frontdesk/queue/service/complete-step';
import { startStep } from '@/features/frontdesk/queue/service/start-step';
import { patientModel } from '@/features/patients/patients/model';
import { owedOf } from '@/features/record/prescriptions/policy';
import { listPrescriptionsOfVisit } from '@/features/record/prescriptions/queries';
import { auditEventModel } from '@/lib/audit/ledger';
import { decimalOf } from '@/lib/currency';
import { isAppError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { makePilot } from '../pilot/make';
import { examine } from './clinic';
import { openContext } from './context';
import { HOSPITALS, type Hospital } from './hospitals';
import { seedTemplate } from './template';

/** How often somebody moves, how many wait at least, and how many come on a day at most. */
const [TICK_MS, LEAST_WAITING, MOST_A_DAY] = [12_000, 7, 70];

/** How long a queue is left alone after somebody has worked in it. */
const REST_MS = 10 * 60_000;

type Desk = { ctx: TenantContext; cashier: TenantContext };

async function openDesk(hospital: Hospital): Promise<Desk | null> {
  const row = await organizationModel.findOne({ organizationName: hospital.name }).select('_id').lean();
  if (!row) return null;
  const id = row._id.toString();
  const cashier = hospital.staff.find(({ role }) => role === 'cashier');
  return { ctx: await openContext(id), cashier: await openContext(id, cashier) };
}

/** Somebody who has an appointment now, or a patient who was here before. */
async function arrive({ ctx }: Desk): Promise<void> {
  const day = today(ctx.timeZone);
  if ((await visitModel(ctx).countDocuments({ day })) >= MOST_A_DAY) return;
  const booked = await appointmentModel(ctx)
    .findOne({ day, status: 'booked', startsAt: op({ $lte: new Date() }) })
    .sort({ startsAt: 1 })
    .lean();
  const known = await patientModel(ctx).estimatedDocumentCount();
  const sequence = 1 + Math.floor(Math.random() * known);
  const patientId =
    booked?.patientId ?? (await patientModel(ctx).findOne({ sequence }).select('_id').lean())?._id;
  if (patientId)
    await checkIn(ctx, checkInInput.parse({ patientId: patientId.toString(), priority: 'normal' }));
}

/** Who waits is called and begins; who has begun is done with what their station does, and goes on. */
async function move(desk: Desk, entry: QueueEntry): Promise<void> {
  const { ctx } = desk;
  if (entry.status === 'waiting') {
    await callPatient(ctx, { entryId: entry.id, room: entry.station === 'doctor' ? 'Room 1' : 'Refraction' });
    return;
  }
  if (entry.status === 'called') {
    await startStep(ctx, entry.id);
    return;
  }
  // What somebody has written or given already is there, and does not keep the patient.
  await examine(ctx, entry).catch(said);
  if (entry.station === 'pharmacy') await dispenseAll(ctx, entry.visitId).catch(said);
  await completeStep(ctx, entry.id);
  if (entry.station === 'pharmacy') await settle(desk, entry);
}

async function dispenseAll(ctx: TenantContext, visitId: string): Promise<void> {
  for (const prescription of await listPrescriptionsOfVisit(ctx, visitId)) {
    const { id: prescriptionId, version, lines, dispensed, status } = prescription;
    const owed = lines.filter(
      (line) => status === 'active' && line.medicineId && owedOf(line, dispensed) > 0,
    );
    if (owed.length === 0) continue;
    const given = owed.map((line) => ({ lineId: line.id, quantity: owedOf(line, dispensed) }));
    const fields = { prescriptionId, version, requestKey: randomUUID(), lines: JSON.stringify(given) };
    await dispensePrescription(ctx, dispensePrescriptionInput.parse(fields));
  }
}

/** What was done for somebody who leaves is billed and paid at the counter. */
async function settle({ cashier: ctx }: Desk, { patientId, visitId }: QueueEntry): Promise<void> {
  const charges = (await listOpenCharges(ctx, patientId)).filter(
    (one) => one.unitMinor !== null && !one.isFree,
  );
  if (charges.length === 0) return;
  const shift = await findOwnShift(ctx);
  if (shift && shift.day !== today(ctx.timeZone)) return;
  if (!shift) await openShift(ctx, { float: '1000' });
  const lines = charges.map(({ id, quantity, unitMinor }) => ({ chargeId: id, quantity, unitMinor }));
  const of = { patientId, visitId, requestKey: randomUUID(), lines: JSON.stringify(lines) };
  const bill = await issueBill(ctx, issueBillInput.parse(of));
  if (bill.dueMinor === 0) return;
  const cash = decimalOf(bill.dueMinor, bill.currency);
  await takePayment(ctx, takePaymentInput.parse({ billId: bill.id, requestKey: randomUUID(), cash }));
}

/**
 * Whether a person has worked here within the last minutes. The log has the address of a request; what runs
 * by itself has none.
 */
async function isSomebodyAtWork({ ctx }: Desk): Promise<boolean> {
  const since = new Date(Date.now() - REST_MS);
  return (await auditEventModel(ctx).exists({ at: op({ $gte: since }), ip: op({ $ne: null }) })) !== null;
}

async function tick(desk: Desk): Promise<void> {
  // Who tries the queue out finds it as they left it.
  if (await isSomebodyAtWork(desk)) return;
  const { entries } = await listQueue(desk.ctx);
  if (entries.filter(({ status }) => status === 'waiting').length < LEAST_WAITING) await arrive(desk);
  // Those who have begun or were called are done with first; of the others who waits the longest.
  const open = entries.filter(({ station }) => station !== 'dilation');
  const busy = open.filter(({ status }) => status !== 'waiting');
  const next =
    busy.length >= 3 || Math.random() < 0.5
      ? busy[Math.floor(Math.random() * busy.length)]
      : open.find(({ status }) => status === 'waiting');
  if (next) await move(desk, next);
}

const CUSTOMERS = { count: 5, visits: 0, seed: 1 };

async function customers(): Promise<void> {
  const log = (line: string) => process.stdout.write(`${line}\n`);
  await makePilot({ ...CUSTOMERS, hasMoney: Boolean(process.env.STRIPE_EMULATOR_URL), log });
}

/** What a colleague has changed meanwhile is left to them; anything else belongs into the log. */
function said(error: unknown): void {
  if (!isAppError(error)) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
}

/**
 * What nobody waits for: the company's template of demos, and its other customers of two years with their
 * revenue and the databases of its cells.
 */
async function company(): Promise<void> {
  await seedTemplate(process.env.DEMO_PASSWORD ?? '').catch(said);
  await customers();
}

/**
 * Keeps today's queues of the demonstration hospitals moving, as their people would: through the services, at
 * the pace of a morning, until it is stopped.
 */
export async function main(): Promise<void> {
  void company().catch(said);
  const desks: Desk[] = [];
  for (const hospital of HOSPITALS) {
    const desk = await openDesk(hospital);
    if (desk) desks.push(desk);
  }
  for (;;) {
    for (const desk of desks) await tick(desk).catch(said);
    await delay(TICK_MS);
  }
}
