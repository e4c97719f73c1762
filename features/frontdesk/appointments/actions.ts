'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import type { Appointment } from './dto';
import {
  appointmentInput,
  bookAppointmentInput,
  cancelAppointmentInput,
  moveAppointmentInput,
} from './schema';
import {
  type Booked,
  bookAppointment,
  cancelAppointment,
  markNoShow,
  moveAppointment,
  undoNoShow,
} from './service';

const when = ({ day, time, doctorName }: Appointment): string =>
  `${formatDay(day)} at ${time} with ${doctorName}`;

const warning = ({ appointment, patientOverlaps: [other] }: Booked): string =>
  other ? ` Note: ${appointment.patientName} also has ${other.time} with ${other.doctorName}.` : '';

export const bookAppointmentAction = staffAction({
  permission: 'appointments:write',
  input: bookAppointmentInput,
  audit: 'appointment.book',
  run: async (ctx, input) => {
    const booked = await bookAppointment(ctx, input);
    revalidatePath(paths.appointments);
    return booked;
  },
  message: (booked) =>
    `Booked ${booked.appointment.patientName}: ${when(booked.appointment)}.${warning(booked)}`,
});

export const moveAppointmentAction = staffAction({
  permission: 'appointments:write',
  input: moveAppointmentInput,
  audit: 'appointment.move',
  target: ({ appointmentId }) => `appointment:${appointmentId}`,
  run: async (ctx, input) => {
    const moved = await moveAppointment(ctx, input);
    revalidatePath(paths.appointments);
    return moved;
  },
  message: (moved) =>
    `Moved ${moved.appointment.patientName} to ${when(moved.appointment)}.${warning(moved)}`,
});

export const cancelAppointmentAction = staffAction({
  permission: 'appointments:write',
  input: cancelAppointmentInput,
  audit: 'appointment.cancel',
  target: ({ appointmentId }) => `appointment:${appointmentId}`,
  run: async (ctx, input) => {
    const cancelled = await cancelAppointment(ctx, input);
    revalidatePath(paths.appointments);
    return cancelled;
  },
  message: ({ patientName, time }) => `Cancelled ${patientName} at ${time}.`,
});

export const markNoShowAction = staffAction({
  permission: 'appointments:write',
  input: appointmentInput,
  audit: 'appointment.no-show',
  target: ({ appointmentId }) => `appointment:${appointmentId}`,
  run: async (ctx, { appointmentId }) => {
    const missed = await markNoShow(ctx, appointmentId);
    revalidatePath(paths.appointments);
    return missed;
  },
  message: ({ patientName, time }) => `${patientName} at ${time} is marked as no-show.`,
});

export const undoNoShowAction = staffAction({
  permission: 'appointments:write',
  input: appointmentInput,
  audit: 'appointment.no-show.undo',
  target: ({ appointmentId }) => `appointment:${appointmentId}`,
  run: async (ctx, { appointmentId }) => {
    const booked = await undoNoShow(ctx, appointmentId);
    revalidatePath(paths.appointments);
    return booked;
  },
  message: ({ patientName, time }) => `${patientName} at ${time} is booked again.`,
});
