import 'server-only';
import type { ClientSession } from 'mongoose';
import { branchFor } from '@/features/identity/branches/service';
import { findDoctor } from '@/features/identity/staff/directory';
import { noteDay } from '@/features/patients/notes/day';
import { notePatient } from '@/features/patients/notes/patient';
import { getPatientInUse } from '@/features/patients/patients/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { movedTo, storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today } from '@/lib/time';
import type { Verdict } from '@/lib/verdict';
import { isTaken, slotToCome, takeTime } from './claim';
import { lockDoctorDay, openDoctorDay } from './doctor-day';
import { type Appointment, toAppointment } from './dto';
import { appointmentModel } from './model';
import { canCancel, canCheckIn, canMarkNoShow, canMove, canUndoNoShow, statusesBefore } from './policy';
import { getAppointment, listOverlapsOfPatient } from './queries';
import type { BookAppointmentInput, CancelAppointmentInput, MoveAppointmentInput } from './schema';

/** An appointment, with what the same patient has at the same time elsewhere: worth a warning. */
export type Booked = { appointment: Appointment; patientOverlaps: Appointment[] };

/**
 * Books a time of a doctor. Of any number of simultaneous attempts on overlapping times exactly one succeeds.
 * @throws AppError CONFLICT with the next free times, INVALID_INPUT for a time that is past or does not
 * exist, NOT_FOUND for an unknown patient.
 */
export async function bookAppointment(
  ctx: TenantContext,
  input: BookAppointmentInput,
  now = new Date(),
): Promise<Booked> {
  const [patient, doctor] = await Promise.all([
    getPatientInUse(ctx, input.patientId),
    findDoctor(ctx, input.doctorId),
  ]);
  const slot = slotToCome(ctx, input, now);
  const branch = branchFor(ctx, input.branchId);
  const row = {
    _id: newObjectId(),
    patientId: objectId(patient.id, 'patient'),
    patientName: patient.name,
    patientNumber: patient.number,
    doctorId: objectId(doctor.id, 'doctor'),
    doctorName: doctor.name,
    ...storedAt(branch),
    ...slot,
    day: input.date,
    status: 'booked' as const,
    ...(input.reason ? { reason: input.reason } : {}),
    ...(input.notes ? { notes: input.notes } : {}),
    bookedByName: ctx.actor.name,
    version: 0,
  };
  const appointment = await takeTime(
    ctx,
    { doctor, branchId: branch.id, slot, input, now },
    async (session, { overbookReason }) => {
      const whole = { ...row, ...(overbookReason ? { overbookReason } : {}) };
      await appointmentModel(ctx).create([whole], { session });
      ctx.audit?.about(`appointment:${row._id}`);
      await notePatient(ctx, row.patientId, session);
      return toAppointment(whole, ctx.timeZone);
    },
  );
  const patientOverlaps = await listOverlapsOfPatient(ctx, patient.id, slot, row._id.toString());
  return { appointment, patientOverlaps };
}

/**
 * Moves a booked appointment to another time or doctor; it stays the same appointment.
 * @throws AppError CONFLICT when the time is taken (with the next free ones) or somebody changed the
 * appointment meanwhile; INVALID_INPUT, NOT_FOUND.
 */
export async function moveAppointment(
  ctx: TenantContext,
  input: MoveAppointmentInput,
  now = new Date(),
): Promise<Booked> {
  const current = await getAppointment(ctx, input.appointmentId);
  assertAllowed(canMove(current));
  if (current.version !== input.version) throw movedMeanwhile(current);
  const doctor = await findDoctor(ctx, input.doctorId);
  const slot = slotToCome(ctx, input, now);
  const branchId = input.branchId ? branchFor(ctx, input.branchId).id : current.branchId;
  const claim = { doctor, branchId, slot, input, now, except: current.id };
  const moved = await takeTime(ctx, claim, async (session, { overbookReason }) => {
    const row = await appointmentModel(ctx)
      .findOneAndUpdate(
        { _id: objectId(current.id), version: input.version, status: 'booked' },
        {
          $set: {
            ...slot,
            day: input.date,
            doctorId: objectId(doctor.id, 'doctor'),
            doctorName: doctor.name,
            ...movedTo({ id: branchId }),
            movedFrom: { startsAt: new Date(current.startsAt), doctorName: current.doctorName },
            ...(overbookReason ? { overbookReason } : {}),
          },
          $unset: { strandedAt: '', ...(overbookReason ? {} : { overbookReason: '' }) },
          $inc: { version: 1 },
        },
        { session, returnDocument: 'after' },
      )
      .lean();
    if (!row) throw changedMeanwhile();
    await noteDay(ctx, current.day, session);
    await notePatient(ctx, row.patientId, session);
    const appointment = toAppointment(row, ctx.timeZone);
    noteChange(ctx, current, appointment, ['startsAt', 'endsAt', 'doctorName', 'overbookReason']);
    return appointment;
  });
  const patientOverlaps = await listOverlapsOfPatient(ctx, moved.patientId, slot, moved.id);
  return { appointment: moved, patientOverlaps };
}

/** Cancels a booked appointment; its time is free again. @throws AppError CONFLICT, NOT_FOUND. */
export async function cancelAppointment(
  ctx: TenantContext,
  input: CancelAppointmentInput,
): Promise<Appointment> {
  const current = await getAppointment(ctx, input.appointmentId);
  assertAllowed(canCancel(current));
  const set = { cancelReason: input.cancelReason };
  return auditedWrite(ctx, async (session) =>
    noted(ctx, current, await changeStatus(ctx, current.id, 'cancelled', { set, session })),
  );
}

/** The patient did not come. @throws AppError CONFLICT before the appointment has begun; NOT_FOUND. */
export async function markNoShow(
  ctx: TenantContext,
  appointmentId: string,
  now = new Date(),
): Promise<Appointment> {
  const current = await getAppointment(ctx, appointmentId);
  assertAllowed(canMarkNoShow(current, now));
  return auditedWrite(ctx, async (session) =>
    noted(ctx, current, await changeStatus(ctx, current.id, 'no-show', { session })),
  );
}

/**
 * Takes a no-show back, if the time has not been given to somebody else.
 * @throws AppError CONFLICT, NOT_FOUND.
 */
export async function undoNoShow(ctx: TenantContext, appointmentId: string): Promise<Appointment> {
  const current = await getAppointment(ctx, appointmentId);
  assertAllowed(canUndoNoShow(current));
  const { doctorId, branchId, day } = current;
  await openDoctorDay(ctx, doctorId, day);
  return auditedWrite(ctx, async (session) => {
    await lockDoctorDay(ctx, doctorId, day, session);
    const slot = { startsAt: new Date(current.startsAt), endsAt: new Date(current.endsAt) };
    const isOverbooked = current.overbookReason !== '';
    if (await isTaken(ctx, { doctorId, branchId, day, slot, except: current.id, isOverbooked }, session)) {
      throw new AppError(
        'CONFLICT',
        'Somebody else has been booked at that time. Book a new appointment instead.',
      );
    }
    return noted(ctx, current, await changeStatus(ctx, current.id, 'booked', { session }));
  });
}

/**
 * For the queue, inside its transaction: the patient is here. Also for one who was marked as no-show and came
 * late.
 * @throws AppError CONFLICT when the appointment is not today's or not waiting for its patient; NOT_FOUND.
 */
export async function checkInAppointment(
  ctx: TenantContext,
  appointmentId: string,
  session: ClientSession,
): Promise<{ patientId: string; doctorId: string }> {
  const row = await appointmentModel(ctx)
    .findById(objectId(appointmentId, 'appointment'))
    .session(session)
    .lean();
  if (!row) throw notFoundError('appointment');
  assertAllowed(canCheckIn(row, today(ctx.timeZone)));
  const { patientId, doctorId } = await changeStatus(ctx, appointmentId, 'checked-in', { session });
  return { patientId, doctorId };
}

/**
 * For the queue, inside its transaction: the visit is over. Twice is the same as once.
 * @throws AppError CONFLICT, NOT_FOUND.
 */
export async function completeAppointment(
  ctx: TenantContext,
  appointmentId: string,
  session: ClientSession,
): Promise<void> {
  const row = await appointmentModel(ctx)
    .findById(objectId(appointmentId, 'appointment'))
    .select('status')
    .session(session)
    .lean();
  if (!row) throw notFoundError('appointment');
  if (row.status !== 'completed') await changeStatus(ctx, appointmentId, 'completed', { session });
}

function noted(ctx: TenantContext, before: Appointment, after: Appointment): Appointment {
  noteChange(ctx, before, after, ['status', 'cancelReason']);
  return after;
}

async function changeStatus(
  ctx: TenantContext,
  id: string,
  status: 'booked' | 'checked-in' | 'completed' | 'cancelled' | 'no-show',
  { set = {}, session }: { set?: Record<string, string>; session: ClientSession },
): Promise<Appointment> {
  const row = await appointmentModel(ctx)
    .findOneAndUpdate(
      { _id: objectId(id, 'appointment'), status: op({ $in: statusesBefore(status) }) },
      { $set: { ...set, status }, $inc: { version: 1 } },
      { returnDocument: 'after', session },
    )
    .lean();
  if (!row) throw changedMeanwhile();
  await noteDay(ctx, row.day, session);
  // Who is checked in is booked no more; the end of the visit changes nothing of when they are due.
  if (status !== 'completed') await notePatient(ctx, row.patientId, session);
  return toAppointment(row, ctx.timeZone);
}

function assertAllowed(verdict: Verdict): void {
  if (!verdict.allowed) throw new AppError('CONFLICT', verdict.reason);
}

/** Says where it is now: the next press moves it from there. */
const movedMeanwhile = ({ day, time, doctorName }: Appointment): AppError =>
  new AppError(
    'CONFLICT',
    `A colleague has changed this appointment meanwhile: it is now on ${formatDay(day)} at ${time} with ${doctorName}. Nothing was overwritten, and what you chose is still here.`,
  );

const changedMeanwhile = (): AppError =>
  new AppError(
    'CONFLICT',
    'Somebody changed this appointment meanwhile. Nothing was saved; look at it again and repeat.',
  );
