import 'server-only';
import { branchIdOf } from '@/lib/branches';
import { type Day, timeOf } from '@/lib/time';
import type { AppointmentStatus } from './policy';

type Id = { toString(): string };

export type AppointmentRow = {
  _id: Id;
  patientId: Id;
  patientName: string;
  patientNumber: string;
  doctorId: Id;
  doctorName: string;
  branchId?: Id | null;
  startsAt: Date;
  endsAt: Date;
  day: Day;
  status: AppointmentStatus;
  reason?: string | null;
  notes?: string | null;
  cancelReason?: string | null;
  bookedByName: string;
  movedFrom?: { startsAt?: Date | null; doctorName?: string | null } | null;
  overbookReason?: string | null;
  strandedAt?: Date | null;
  version: number;
};

/**
 * `time` and `endTime` are wall-clock times in the organization's zone, so that no browser's zone can change
 * them.
 */
export const toAppointment = (row: AppointmentRow, timeZone: string) => ({
  id: row._id.toString(),
  patientId: row.patientId.toString(),
  patientName: row.patientName,
  patientNumber: row.patientNumber,
  doctorId: row.doctorId.toString(),
  doctorName: row.doctorName,
  branchId: branchIdOf(row),
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
  day: row.day,
  time: timeOf(row.startsAt, timeZone),
  endTime: timeOf(row.endsAt, timeZone),
  durationMinutes: Math.round((row.endsAt.getTime() - row.startsAt.getTime()) / 60_000),
  status: row.status,
  reason: row.reason ?? '',
  notes: row.notes ?? '',
  cancelReason: row.cancelReason ?? '',
  bookedByName: row.bookedByName,
  movedFrom:
    row.movedFrom?.startsAt && row.movedFrom.doctorName
      ? { startsAt: row.movedFrom.startsAt.toISOString(), doctorName: row.movedFrom.doctorName }
      : null,
  overbookReason: row.overbookReason ?? '',
  isStranded: row.status === 'booked' && Boolean(row.strandedAt),
  version: row.version,
});
export type Appointment = ReturnType<typeof toAppointment>;
