import { z } from 'zod';
import { optionalBranch } from '@/features/identity/branches/schema';
import { orNothing } from '@/lib/address-query';
import { readTime } from '@/lib/clock';
import { chosenId, day, id, revision, textOrEmpty } from '@/lib/fields';
import { DURATIONS_MINUTES, EVERYBODY, readSpans } from './policy';

const HOURS = 'Write hours such as 09:00-13:00, 14:00-17:00.';

/** Hours of a day as people type them; empty is none. */
const spans = textOrEmpty(120).transform((typed, ctx) => {
  const read = readSpans(typed);
  if (read) return read;
  ctx.addIssue({ code: 'custom', message: HOURS });
  return z.NEVER;
});

const whole = (label: string, least: number, most: number) =>
  z.coerce
    .number(`Enter ${label}.`)
    .int(`Enter ${label} as a whole number.`)
    .min(least, `Enter ${label}, at least ${least}.`)
    .max(most, `Enter ${label}, at most ${most}.`);

/** Which of the stranded the form has shown: a text of their ids, empty where there were none. */
const seen = z.union([z.literal(''), revision]).default('');

/** A doctor's week from a day on. */
export const scheduleInput = z.object({
  doctorId: chosenId('Choose a doctor.'),
  branchId: optionalBranch,
  fromDay: day,
  hours1: spans,
  hours2: spans,
  hours3: spans,
  hours4: spans,
  hours5: spans,
  hours6: spans,
  hours7: spans,
  breaks: spans,
  slotMinutes: z.coerce
    .number('Choose a length.')
    .refine((value) => DURATIONS_MINUTES.some((known) => known === value), 'Choose one of the lengths.'),
  capacity: whole('the patients in a slot', 1, 20),
  walkInPercent: whole('the share for walk-ins', 0, 90),
});
export type ScheduleInput = z.output<typeof scheduleInput>;

export const saveScheduleInput = scheduleInput.extend({ seen, version: revision });
export type SaveScheduleInput = z.output<typeof saveScheduleInput>;

export const deleteScheduleInput = z.object({ scheduleId: chosenId('Choose hours.'), seen });

const optionalTime = z
  .string()
  .trim()
  .max(20)
  .optional()
  .transform((typed, ctx) => {
    if (!typed) return undefined;
    const read = readTime(typed);
    if (read) return read;
    ctx.addIssue({ code: 'custom', message: 'Enter a time such as 09:30.' });
    return z.NEVER;
  });

const LONGEST_DAYS = 400;
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

const absenceFields = z.object({
  /** Of one doctor, or a holiday of all. */
  doctorId: chosenId('Choose a doctor, or everybody.'),
  /** Of a holiday that is one branch's alone. */
  branchId: optionalBranch,
  fromDay: day,
  toDay: day,
  from: optionalTime,
  to: optionalTime,
  reason: textOrEmpty(120),
});

const isInOrder = <S extends typeof absenceFields>(schema: S) =>
  schema
    .refine(({ fromDay, toDay }) => fromDay <= toDay, {
      error: 'The last day is before the first.',
      path: ['toDay'],
    })
    .refine(({ fromDay, toDay }) => daysBetween(fromDay, toDay) <= LONGEST_DAYS, {
      error: `Choose at most ${LONGEST_DAYS} days.`,
      path: ['toDay'],
    })
    .refine(({ from, to }) => Boolean(from) === Boolean(to), {
      error: 'Enter both times, or none for whole days.',
      path: ['to'],
    })
    .refine(({ from, to }) => !from || !to || from < to || to === '00:00', {
      error: 'The end is before the beginning.',
      path: ['to'],
    })
    .refine(({ doctorId, reason }) => doctorId !== EVERYBODY || reason.length >= 2, {
      error: 'Name the holiday.',
      path: ['reason'],
    });

export const absenceInput = isInOrder(absenceFields);
export type AbsenceInput = z.output<typeof absenceInput>;

export const addAbsenceInput = isInOrder(absenceFields.extend({ seen }));
export type AddAbsenceInput = z.output<typeof addAbsenceInput>;

export const absenceIdInput = z.object({ absenceId: chosenId('Choose an entry.') });

/** What `/settings/schedules` reads from its address. */
export const schedulesQuery = z.object({ doctor: orNothing(id('This is not known.')) });
