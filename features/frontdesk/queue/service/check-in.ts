import 'server-only';
import type { Appointment } from '@/features/frontdesk/appointments/dto';
import { getAppointment, listDayOfPatient } from '@/features/frontdesk/appointments/queries';
import { checkInAppointment } from '@/features/frontdesk/appointments/service';
import { refreshRecall } from '@/features/frontdesk/recalls/service';
import { listDoctors } from '@/features/identity/staff/directory';
import { getPatient } from '@/features/patients/patients/queries';
import { recordLastVisit } from '@/features/patients/patients/service';
import { AppError, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { nextNumber } from '@/lib/tenancy/counters';
import { today } from '@/lib/time';
import { toVisit, type Visit } from '../dto';
import { linksOf } from '../links';
import { openVisitModel, queueEntryModel, visitModel } from '../model';
import { PRIORITY_RANK, type Station } from '../policy';
import type { CheckInInput } from '../schema';
import { by, changeQueue, openVisitKey } from './change';

export type CheckedIn = { visit: Visit; station: Station; appointmentTime: string | null };

/**
 * Opens a visit with the next token of the day. An appointment that the patient has today is found by itself.
 * @throws AppError CONFLICT when the patient is in the queue already, NOT_FOUND for an unknown patient, doctor or
 * appointment.
 */
export async function checkIn(ctx: TenantContext, input: CheckInInput, now = new Date()): Promise<CheckedIn> {
  const day = today(ctx.timeZone, now);
  const patient = await getPatient(ctx, input.patientId);
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
  const doctorFacts = doctor ? { doctorId: objectId(doctor.id, 'doctor'), doctorName: doctor.name } : {};
  const patientId = objectId(patient.id, 'patient');
  const snapshot = {
    name: patient.name,
    number: patient.number,
    sex: patient.sex,
    dateOfBirth: patient.dateOfBirth,
  };

  const visit = await changeQueue(ctx, async (session) => {
    const open = await visitModel(ctx)
      .findOne({ patientId, day, status: 'in-progress' })
      .select('token')
      .session(session)
      .lean();
    if (open) {
      throw new AppError('CONFLICT', `${patient.name} is already in the queue with token ${open.token}.`);
    }
    const token = await nextNumber(ctx, `queue:${day}`, session);
    const row = {
      _id: newObjectId(),
      patientId,
      patient: snapshot,
      day,
      token,
      ...(appointment ? { appointmentId: objectId(appointment.id, 'appointment') } : {}),
      ...doctorFacts,
      status: 'in-progress' as const,
      priority: input.priority,
      startedAt: now,
      checkedInByName: ctx.actor.name,
      ...(await linksOf(ctx, { patientId, day, startedAt: now }, session)),
    };
    await openVisitModel(ctx).create([{ _id: openVisitKey(patientId, day), visitId: row._id }], { session });
    await visitModel(ctx).create([row], { session });
    const step = {
      visitId: row._id,
      patientId,
      patient: snapshot,
      day,
      token,
      priority: input.priority,
      priorityRank: PRIORITY_RANK[input.priority],
      waitingSince: now,
      queuedAt: now,
      timesRequeued: 0,
      ...doctorFacts,
      ...by(ctx),
    };
    const waiting = {
      ...step,
      station: input.station,
      status: 'waiting' as const,
      isOpen: true,
    };
    // The check-in is reception's part; only who is sent to reception itself still waits for it.
    const steps =
      input.station === 'reception'
        ? [{ ...waiting, sequence: 1 }]
        : [
            {
              ...step,
              station: 'reception' as const,
              status: 'done' as const,
              isOpen: false,
              sequence: 1,
              startedAt: now,
              endedAt: now,
            },
            { ...waiting, sequence: 2 },
          ];
    await queueEntryModel(ctx).create(steps, { session, ordered: true });
    await recordLastVisit(ctx, patient.id, now, session);
    if (appointment) await checkInAppointment(ctx, appointment.id, session);
    else await refreshRecall(ctx, patientId, session);
    return toVisit(row);
  });
  return { visit, station: input.station, appointmentTime: appointment?.time ?? null };
}

async function appointmentOf(
  ctx: TenantContext,
  patientId: string,
  day: string,
  appointmentId: string | undefined,
): Promise<Appointment | null> {
  if (appointmentId) {
    const chosen = await getAppointment(ctx, appointmentId);
    if (chosen.patientId !== patientId) throw notFoundError('appointment');
    return chosen;
  }
  return (await listDayOfPatient(ctx, patientId, day)).find(({ status }) => status === 'booked') ?? null;
}

async function findDoctor(ctx: TenantContext, doctorId: string): Promise<{ id: string; name: string }> {
  const doctor = (await listDoctors(ctx)).find(({ id }) => id === doctorId);
  if (!doctor) throw new AppError('NOT_FOUND', 'We could not find that doctor. Choose one from the list.');
  return doctor;
}
