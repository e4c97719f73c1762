import type { Appointment } from '@/features/frontdesk/appointments/dto';
import { freeTimes } from '@/features/frontdesk/appointments/queries';
import { bookAppointmentInput } from '@/features/frontdesk/appointments/schema';
import { bookAppointment } from '@/features/frontdesk/appointments/service';
import { listDoctors } from '@/features/identity/staff/directory';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { aPatient } from './patient';
import { aStaffMember } from './staff';

type Facts = Partial<
  Record<'patientId' | 'doctorId' | 'date' | 'time' | 'durationMinutes' | 'reason' | 'notes', string>
>;

/** The first doctor of the directory; one is hired where there is none. */
async function anyDoctor(ctx: TenantContext): Promise<string> {
  const [doctor] = await listDoctors(ctx);
  return doctor?.id ?? (await aStaffMember(ctx, { role: 'doctor' })).id;
}

/** An appointment. What is not given: a new patient, the first doctor, tomorrow, the first free time. */
export async function anAppointment(ctx: TenantContext, facts: Facts = {}, now?: Date): Promise<Appointment> {
  const patientId = facts.patientId ?? (await aPatient(ctx)).id;
  const doctorId = facts.doctorId ?? (await anyDoctor(ctx));
  const date = facts.date ?? shiftDay(today(ctx.timeZone), 1);
  const durationMinutes = facts.durationMinutes ?? '15';
  const free = facts.time
    ? [facts.time]
    : await freeTimes(ctx, { doctorId, day: date, durationMinutes: Number(durationMinutes) });
  const input = { ...facts, patientId, doctorId, date, time: free[0], durationMinutes };
  return (await bookAppointment(ctx, bookAppointmentInput.parse(input), now)).appointment;
}
