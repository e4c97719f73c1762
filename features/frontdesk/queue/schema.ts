import { z } from 'zod';
import { orNothing } from '@/lib/address-query';
import { chosenId, id, optionalText, text } from '@/lib/fields';
import {
  ANY_DOCTOR,
  DEFAULT_DILATION_MINUTES,
  DILATION_MINUTES,
  OPEN_STATUSES,
  PRIORITIES,
  STATIONS,
} from './policy';

const optionalId = z
  .string()
  .trim()
  .max(24, 'Choose one from the list.')
  .transform((value) => value || undefined)
  .optional();
const entryId = chosenId('Choose a patient of the queue.');
const visitId = chosenId('Choose a visit.');

export const checkInInput = z.object({
  patientId: chosenId('Choose a patient from the list.'),
  appointmentId: optionalId,
  doctorId: optionalId,
  priority: z.enum(PRIORITIES, 'Choose a priority.').default('normal'),
  station: z.enum(STATIONS, 'Choose a station.').default('optometry'),
});
export type CheckInInput = z.output<typeof checkInInput>;

export const callInput = z.object({ entryId, room: optionalText(30) });
export type CallInput = z.output<typeof callInput>;

export const entryInput = z.object({ entryId });

/** `status` is what the person saw: an undo of something else is refused. */
export const undoInput = z.object({ entryId, status: z.enum(OPEN_STATUSES, 'Say what to undo.') });

export const sendInput = z.object({
  entryId,
  to: z.enum([...STATIONS, 'finish'], 'Choose where the patient goes.'),
  readyInMinutes: z.coerce
    .number('Choose when the patient is ready.')
    .refine((value) => DILATION_MINUTES.some((known) => known === value), 'Choose one of the times.')
    .default(DEFAULT_DILATION_MINUTES),
  note: optionalText(120),
});
export type SendInput = z.output<typeof sendInput>;

export const priorityInput = z.object({ visitId, priority: z.enum(PRIORITIES, 'Choose a priority.') });
export type PriorityInput = z.output<typeof priorityInput>;

export const visitInput = z.object({ visitId });

export const leaveInput = z.object({
  visitId,
  reason: text(200, 'Say why, in a few words.', 2),
});
export type LeaveInput = z.output<typeof leaveInput>;

export const closeEarlierInput = z.object({});

const known = id('This is not known.');

export const QUEUE_VIEWS = ['all', ...STATIONS, 'seen'] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];

/** What `/queue` reads from its address; anything malformed falls back to the default. */
export const queueQuery = z.object({
  station: orNothing(z.enum(QUEUE_VIEWS)),
  doctor: orNothing(z.union([known, z.literal(ANY_DOCTOR)])),
  checkIn: orNothing(z.union([known, z.literal('new')])),
  appointment: orNothing(known),
});
