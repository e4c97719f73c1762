import type { Columns } from '@/lib/columns';
import type { AppointmentRow } from './dto';

export const appointmentColumns: Columns<AppointmentRow> = [
  ['Day', 'day'],
  ['Start', 'startsAt'],
  ['End', 'endsAt'],
  ['Patient number', 'patientNumber'],
  ['Patient', 'patientName'],
  ['Doctor', 'doctorName'],
  ['Status', 'status'],
  ['Reason', 'reason'],
  ['Notes', 'notes'],
  ['Booked by', 'bookedByName'],
  ['Why outside of free times', 'overbookReason'],
];
