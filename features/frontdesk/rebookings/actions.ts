'use server';
import { revalidatePath } from 'next/cache';
import {
  absenceIdInput,
  addAbsenceInput,
  deleteScheduleInput,
  saveScheduleInput,
} from '@/features/frontdesk/schedules/schema';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import { addAbsence, deleteAbsence, deleteSchedule, saveSchedule } from './service';

const toCall = (left: number): string =>
  left === 0
    ? ''
    : ` ${left === 1 ? 'One patient is' : `${left} patients are`} on the list of patients to call.`;

const shown = (): void => {
  revalidatePath(paths.schedules);
  revalidatePath(paths.appointments);
};

export const saveScheduleAction = staffAction({
  permission: 'schedules:write',
  input: saveScheduleInput,
  audit: 'schedule.save',
  run: async (ctx, input) => {
    const changed = await saveSchedule(ctx, input);
    shown();
    return changed;
  },
  message: ({ data, left }) =>
    `The hours of ${data.doctorName} hold from ${formatDay(data.fromDay)}.${toCall(left)}`,
});

export const deleteScheduleAction = staffAction({
  permission: 'schedules:write',
  input: deleteScheduleInput,
  audit: 'schedule.delete',
  target: ({ scheduleId }) => `schedule:${scheduleId}`,
  run: async (ctx, input) => {
    const changed = await deleteSchedule(ctx, input);
    shown();
    return changed;
  },
  message: ({ left }) => `These hours are deleted.${toCall(left)}`,
});

export const addAbsenceAction = staffAction({
  permission: 'schedules:write',
  input: addAbsenceInput,
  audit: 'absence.add',
  run: async (ctx, input) => {
    const changed = await addAbsence(ctx, input);
    shown();
    return changed;
  },
  message: ({ data, left }) => `Entered: ${data.who}.${toCall(left)}`,
});

export const deleteAbsenceAction = staffAction({
  permission: 'schedules:write',
  input: absenceIdInput,
  audit: 'absence.delete',
  target: ({ absenceId }) => `absence:${absenceId}`,
  run: async (ctx, { absenceId }) => {
    const changed = await deleteAbsence(ctx, absenceId);
    shown();
    return changed;
  },
  message: ({ left }) => `Deleted. These days can be booked again.${toCall(left)}`,
});
