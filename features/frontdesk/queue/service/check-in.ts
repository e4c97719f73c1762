import 'server-only';
import type { ClientSession } from 'mongoose';
import { chargeVisit, feeOfComing } from '@/features/cashier/bills/service';
import type { Appointment } from '@/features/frontdesk/appointments/dto';
import { getAppointment, listDayOfPatient } from '@/features/frontdesk/appointments/queries';
import { checkInAppointment } from '@/features/frontdesk/appointments/service';
import { findDoctor } from '@/features/identity/staff/directory';
import { notePatient } from '@/features/patients/notes/patient';
import type { Patient } from '@/features/patients/patients/dto';
import { getPatientInUse } from '@/features/patients/patients/queries';
import { recordLastVisit } from '@/features/patients/patients/service';
import { branchIdOf, branchNameOf, keyAt } from '@/lib/branches';
import { AppError, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import { storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { nextNumber } from '@/lib/tenancy/counters';
import { type Day, today } from '@/lib/time';
import { toVisit, type Visit } from '../dto';
import { queueEntryModel, visitModel } from '../model';
import { PRIORITY_RANK, type Station } from '../policy';
import type { CheckInInput } from '../schema';
import { findVisitLinks } from '../visit-links';
import { changeQueue } from './queue-change';
import { actedBy } from './step';
import { markOpen } from './visit';

export type CheckedIn = { visit: Visit; station: Station; appointmentTime: string | null };

/** What is known of somebody who arrives, before anything is written. */
type Arrival = {
  patient: Patient;
  day: Day;
  now: Date;
  appointment: Appointment | null;
  doctor: { id: string; name: string } | null;
  priority: CheckInInput['priority'];
  fee: Awaited<ReturnType<typeof feeOfComing>>;
};
type NewVisit = Awaited<ReturnType<typeof openVisit>>;

/**
 * Opens a visit at the actor's branch with its next token of the day. An appointment that the patient has
 * today is found by itself.
 * @throws AppError CONFLICT when the patient is in the queue already, NOT_FOUND for an unknown patient,
 * doctor or appointment.
 */
export async function checkIn(ctx: TenantContext, input: CheckInInput, now = new Date()): Promise<CheckedIn> {
  const arrival = await readArrival(ctx, input, now);
  const { patient, appointment } = arrival;
  const visit = await changeQueue(ctx, async (session) => {
    const row = await openVisit(ctx, arrival, session);
    await queueEntryModel(ctx).create(firstSteps(ctx, row, input.station), { session, ordered: true });
    const { _id: visitId, patientId, doctorId, doctorName, day } = row;
    const to = { visitId, patientId, patient, doctorId, doctorName, day, at: now };
    await chargeVisit(ctx, arrival.fee, to, session);
    await recordLastVisit(ctx, patient.id, now, session);
    if (appointment) await checkInAppointment(ctx, appointment.id, session);
    else await notePatient(ctx, row.patientId, session);
    return toVisit(row);
  });
  return { visit, station: input.station, appointmentTime: appointment?.time ?? null };
}

async function readArrival(ctx: TenantContext, input: CheckInInput, now: Date): Promise<Arrival> {
  const day = today(ctx.timeZone, now);
  const patient = await getPatientInUse(ctx, input.patientId);
  if (!patient.isActive) {
    throw new AppError(
      'CONFLICT',
      `${patient.name} is marked as inactive. Make the record active again first.`,
    );
  }
  const [appointment, chosenDoctor] = await Promise.all([
    appointmentOf(ctx, patient.id, day, input.appointmentId),
    input.doctorId ? findDoctor(ctx, input.doctorId) : null,
  ]);
  const doctor =
    chosenDoctor ?? (appointment ? { id: appointment.doctorId, name: appointment.doctorName } : null);
  const fee = await feeOfComing(ctx, {
    ...{ patientId: patient.id, day, doctorId: doctor?.id ?? null },
    ...{ hasComeBefore: patient.lastVisitAt !== null, isEmergency: input.priority === 'emergency' },
  });
  return { patient, day, now, appointment, doctor, priority: input.priority, fee };
}

async function appointmentOf(
  ctx: TenantContext,
  patientId: string,
  day: Day,
  appointmentId: string | undefined,
): Promise<Appointment | null> {
  if (appointmentId) {
    const chosen = await getAppointment(ctx, appointmentId);
    if (chosen.patientId !== patientId) throw notFoundError('appointment');
    return chosen;
  }
  return (await listDayOfPatient(ctx, patientId, day)).find(({ status }) => status === 'booked') ?? null;
}

/** @throws AppError CONFLICT when the patient has a visit that is open today */
async function openVisit(ctx: TenantContext, arrival: Arrival, session: ClientSession) {
  const { patient, day, now, appointment, doctor, priority } = arrival;
  const patientId = objectId(patient.id, 'patient');
  const open = await visitModel(ctx)
    .findOne({ patientId, day, status: 'in-progress' })
    .select('token branchId')
    .session(session)
    .lean();
  if (open) {
    const where = branchNameOf(ctx, branchIdOf(open));
    const at = where ? ` at ${where}` : '';
    throw new AppError('CONFLICT', `${patient.name} is already in the queue${at} with token ${open.token}.`);
  }
  const { name, number, sex, dateOfBirth } = patient;
  const row = {
    _id: newObjectId(),
    patientId,
    patient: { name, number, sex, dateOfBirth },
    ...storedAt(ctx.branch),
    day,
    token: await nextNumber(ctx, keyAt(`queue:${day}`, ctx.branch), session),
    ...(appointment ? { appointmentId: objectId(appointment.id, 'appointment') } : {}),
    ...(doctor ? { doctorId: objectId(doctor.id, 'doctor'), doctorName: doctor.name } : {}),
    status: 'in-progress' as const,
    priority,
    startedAt: now,
    checkedInByName: ctx.actor.name,
    ...(await findVisitLinks(ctx, { patientId, day, startedAt: now }, session)),
  };
  await markOpen(ctx, row, session);
  await visitModel(ctx).create([row], { session });
  ctx.audit?.about(`visit:${row._id}`);
  return row;
}

/** The check-in is reception's part; only a patient who is sent to reception itself still waits for it. */
function firstSteps(ctx: TenantContext, visit: NewVisit, station: Station) {
  const { _id: visitId, patientId, patient, day, token, priority, startedAt } = visit;
  const step = {
    ...{ visitId, patientId, patient, day, token, priority },
    priorityRank: PRIORITY_RANK[priority],
    waitingSince: startedAt,
    queuedAt: startedAt,
    timesRequeued: 0,
    ...('branchId' in visit ? { branchId: visit.branchId } : {}),
    ...('doctorId' in visit ? { doctorId: visit.doctorId, doctorName: visit.doctorName } : {}),
    ...actedBy(ctx),
  };
  const waiting = { ...step, station, status: 'waiting' as const, isOpen: true };
  if (station === 'reception') return [{ ...waiting, sequence: 1 }];
  const received = {
    ...step,
    station: 'reception' as const,
    status: 'done' as const,
    isOpen: false,
    sequence: 1,
    startedAt,
    endedAt: startedAt,
  };
  return [received, { ...waiting, sequence: 2 }];
}
