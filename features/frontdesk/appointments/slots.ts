import { AppError } from '@/lib/errors';
import { type Day, dayOf, instantAt, timeOf } from '@/lib/time';
import { offeredTimes } from './policy';

export type Slot = { startsAt: Date; endsAt: Date };

/** True when two half-open spans share a moment. */
export const overlaps = (a: Slot, b: Slot): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/**
 * The instants of an appointment that begins at a wall-clock time of a day.
 * @throws AppError INVALID_INPUT for a time that the clocks skip, and for one that would end on another day.
 */
export function slotAt(day: Day, time: string, durationMinutes: number, timeZone: string): Slot {
  const startsAt = instantAt(day, time, timeZone);
  if (timeOf(startsAt, timeZone) !== time || dayOf(startsAt, timeZone) !== day) {
    throw new AppError(
      'INVALID_INPUT',
      `The clocks change on that day and ${time} does not exist. Choose another time.`,
      {
        field: 'time',
      },
    );
  }
  const endsAt = new Date(startsAt.getTime() + durationMinutes * 60_000);
  if (dayOf(new Date(endsAt.getTime() - 1), timeZone) !== day) {
    throw new AppError('INVALID_INPUT', 'The appointment would end after midnight. Choose an earlier time.', {
      field: 'time',
    });
  }
  return { startsAt, endsAt };
}

/** Wall-clock times of a day that begin after `now` and touch nothing in `busy`, within working hours. */
export function freeTimesIn(options: {
  day: Day;
  durationMinutes: number;
  busy: readonly Slot[];
  timeZone: string;
  now: Date;
}): string[] {
  const { day, durationMinutes, busy, timeZone, now } = options;
  return offeredTimes(durationMinutes).filter((time) => {
    const startsAt = instantAt(day, time, timeZone);
    if (startsAt < now || timeOf(startsAt, timeZone) !== time) return false;
    const slot = { startsAt, endsAt: new Date(startsAt.getTime() + durationMinutes * 60_000) };
    return !busy.some((taken) => overlaps(slot, taken));
  });
}
