import { z } from 'zod';
import { orNothing } from '@/lib/address-query';
import { APPOINTMENT_STATUSES, DEFAULT_DURATION_MINUTES, DURATIONS_MINUTES } from './policy';

const text = (max: number) => z.string().trim().max(max, `Use at most ${max} characters.`).default('');
const id = (sentence: string) => z.string(sentence).trim().min(1, sentence).max(24, sentence);
const appointmentId = id('Choose an appointment.');
const version = z.coerce.number().int().min(0).max(1_000_000);

const day = z.iso.date('Enter a date.').refine((value) => value >= '2000-01-01' && value <= '2100-01-01', {
  message: 'Enter a date of this century.',
});
const time = z.string('Enter a time.').regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time such as 09:30.');
const durationMinutes = z.coerce
  .number('Choose a length.')
  .refine((value) => DURATIONS_MINUTES.some((known) => known === value), 'Choose one of the lengths.')
  .default(DEFAULT_DURATION_MINUTES);

export const bookAppointmentInput = z.object({
  patientId: id('Choose a patient from the list.'),
  doctorId: id('Choose a doctor.'),
  date: day,
  time,
  durationMinutes,
  reason: text(200),
  notes: text(1000),
});
export type BookAppointmentInput = z.output<typeof bookAppointmentInput>;

export const moveAppointmentInput = z.object({
  appointmentId,
  doctorId: id('Choose a doctor.'),
  date: day,
  time,
  durationMinutes,
  version,
});
export type MoveAppointmentInput = z.output<typeof moveAppointmentInput>;

export const cancelAppointmentInput = z.object({
  appointmentId,
  cancelReason: z
    .string('Say why.')
    .trim()
    .min(2, 'Say why, in a few words.')
    .max(200, 'Use at most 200 characters.'),
});
export type CancelAppointmentInput = z.output<typeof cancelAppointmentInput>;

export const appointmentInput = z.object({ appointmentId });

const objectIdText = z.string().regex(/^[0-9a-f]{24}$/i);

export const APPOINTMENT_SORTS = ['time', '-time', 'patient', '-patient', 'doctor', '-doctor'] as const;
export type AppointmentSort = (typeof APPOINTMENT_SORTS)[number];

/** What `/appointments` reads from its address; anything malformed falls back to the default. */
export const appointmentsQuery = z.object({
  date: orNothing(day),
  doctor: orNothing(objectIdText),
  status: orNothing(z.enum(APPOINTMENT_STATUSES)),
  view: z.enum(['day', 'list']).catch('day'),
  sort: z.enum(APPOINTMENT_SORTS).catch('time'),
  after: orNothing(z.string().max(400)),
  before: orNothing(z.string().max(400)),
  open: orNothing(objectIdText),
});
export type AppointmentsQuery = z.output<typeof appointmentsQuery>;

/** What `/appointments/new` reads from its address. */
export const newAppointmentQuery = z.object({
  patientId: orNothing(objectIdText),
  doctorId: orNothing(objectIdText),
  date: orNothing(day),
  time: orNothing(time),
});

/** What the free-times address takes; malformed is refused. */
export const freeTimesQuery = z.object({
  doctorId: objectIdText,
  date: day,
  durationMinutes,
  patientId: objectIdText.optional(),
  /** The appointment that is being moved. */
  except: objectIdText.optional(),
});
