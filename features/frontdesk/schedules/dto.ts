import 'server-only';
import { branchIdOf } from '@/lib/branches';
import { revisionOf } from '@/lib/revision';
import type { TimeAway, WeeklyHours } from './policy';

type Id = { toString(): string };
type ScheduleRow = WeeklyHours & { _id: Id; doctorId: Id; branchId?: Id | null; savedByName: string };
type AbsenceRow = Omit<TimeAway, 'isHoliday'> & {
  _id: Id;
  doctorId?: Id | null;
  onlyAt?: string | null;
  savedByName: string;
};

export const toDoctorWeek = (row: ScheduleRow) => ({
  id: row._id.toString(),
  doctorId: row.doctorId.toString(),
  branchId: branchIdOf(row),
  fromDay: row.fromDay,
  hours: row.hours.map(({ weekday, from, to }) => ({ weekday, from, to })),
  breaks: row.breaks.map(({ from, to }) => ({ from, to })),
  slotMinutes: row.slotMinutes,
  capacity: row.capacity,
  walkInPercent: row.walkInPercent,
  savedByName: row.savedByName,
});
export type DoctorWeek = ReturnType<typeof toDoctorWeek>;

/** Of all the weeks of a doctor: another one is a change that a colleague has made. */
export const revisionOfWeeks = (weeks: readonly DoctorWeek[]): string => revisionOf({ weeks });

export const toAbsence = (row: AbsenceRow) => ({
  id: row._id.toString(),
  doctorId: row.doctorId?.toString() ?? null,
  isHoliday: !row.doctorId,
  /** The branch whose holiday it is; null where it is everybody's. */
  onlyAt: row.onlyAt ?? null,
  fromDay: row.fromDay,
  toDay: row.toDay,
  from: row.from ?? null,
  to: row.to ?? null,
  reason: row.reason,
  savedByName: row.savedByName,
});
export type Absence = ReturnType<typeof toAbsence>;
