import { z } from 'zod';
import { DEFAULT_DURATION_MINUTES, DURATIONS_MINUTES } from '@/features/frontdesk/schedules/policy';
import { optionalBranch } from '@/features/identity/branches/schema';
import { orNothing } from '@/lib/address-query';
import { readTime } from '@/lib/clock';
import { chosenId, day, id, optionalText, text, textOrEmpty, version } from '@/lib/fields';
import { APPOINTMENT_STATUSES } from './policy';

const appointmentId = chosenId('Choose an appointment.');
const time = z
  .string('Enter a time.')
  .max(20, 'Enter a time such as 09:30.')
  .transform((value, ctx) => {
    const read = readTime(value);
    if (read) return read;
    ctx.addIssue({ code: 'custom', message: 'Enter a time such as 09:30.' });
    return z.NEVER;
  });
const durationMinutes = z.coerce
  .number('Choose a length.')
  .refine((value) => DURATIONS_MINUTES.some((known) => known === value), 'Choose one of the lengths.')
  .default(DEFAULT_DURATION_MINUTES);

export const bookAppointmentInput = z.object({
  branchId: optionalBranch,
  patientId: chosenId('Choose a patient from the list.'),
  doctorId: chosenId('Choose a doctor.'),
  date: day,
  time,
  durationMinutes,
  reason: textOrEmpty(200),
  notes: textOrEmpty(1000),
  overbookReason: optionalText(200),
});
export type BookAppointmentInput = z.output<typeof bookAppointmentInput>;

export const moveAppointmentInput = z.object({
  appointmentId,
  branchId: optionalBranch,
  doctorId: chosenId('Choose a doctor.'),
  date: day,
  time,
  durationMinutes,
  overbookReason: optionalText(200),
  version,
});
export type MoveAppointmentInput = z.output<typeof moveAppointmentInput>;

export const cancelAppointmentInput = z.object({
  appointmentId,
  cancelReason: text(200, 'Say why, in a few words.', 2),
});
export type CancelAppointmentInput = z.output<typeof cancelAppointmentInput>;

export const appointmentInput = z.object({ appointmentId });

const known = id('This is not known.');

export const APPOINTMENT_SORTS = ['time', '-time', 'patient', '-patient', 'doctor', '-doctor'] as const;
export type AppointmentSort = (typeof APPOINTMENT_SORTS)[number];

/** What `/appointments` reads from its address; anything malformed falls back to the default. */
export const appointmentsQuery = z.object({
  date: orNothing(day),
  doctor: orNothing(known),
  status: orNothing(z.enum(APPOINTMENT_STATUSES)),
  view: z.enum(['day', 'list']).catch('day'),
  sort: z.enum(APPOINTMENT_SORTS).catch('time'),
  after: orNothing(z.string().max(400)),
  before: orNothing(z.string().max(400)),
  open: orNothing(known),
});
export type AppointmentsQuery = z.output<typeof appointmentsQuery>;

/** What `/appointments/new` reads from its address. */
export const newAppointmentQuery = z.object({
  patientId: orNothing(known),
  doctorId: orNothing(known),
  date: orNothing(day),
  time: orNothing(time),
});

/** What the free-times address takes; malformed is refused. */
export const freeTimesQuery = z.object({
  branchId: optionalBranch,
  doctorId: known,
  date: day,
  durationMinutes,
  patientId: known.optional(),
  /** The appointment that is being moved. */
  except: known.optional(),
});
