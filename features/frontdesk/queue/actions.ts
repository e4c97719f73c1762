'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { QueueEntry } from './dto';
import { PRIORITY_LABEL, STATION_LABEL } from './policy';
import {
  callInput,
  checkInInput,
  closeEarlierInput,
  entryInput,
  leaveInput,
  priorityInput,
  sendInput,
  undoInput,
  visitInput,
} from './schema';
import { callPatient } from './service/call-patient';
import { changePriority } from './service/change-priority';
import { checkIn } from './service/check-in';
import { closeEarlierVisits } from './service/close-earlier-visits';
import { completeStep } from './service/complete-step';
import { leaveQueue } from './service/leave-queue';
import type { Moved } from './service/move-on';
import { reopenVisit } from './service/reopen-visit';
import { requeue } from './service/requeue';
import { sendTo } from './service/send-to';
import { startStep } from './service/start-step';
import { undoCallOrStart, undoMove } from './service/undo';

async function refreshed<T>(change: Promise<T>): Promise<T> {
  const result = await change;
  revalidatePath(paths.queue);
  revalidatePath('/(clinic)/visits/[visitId]', 'page');
  return result;
}

const moved = ({ token, patientName, station }: Moved): string =>
  station
    ? `Token ${token}, ${patientName}, waits at ${STATION_LABEL[station]}.`
    : `Token ${token}, ${patientName}, is finished.`;

const backAt = ({ token, station }: QueueEntry): string =>
  `Token ${token} is at ${STATION_LABEL[station]} again.`;

export const checkInAction = staffAction({
  permission: 'queue:write',
  input: checkInInput,
  audit: 'visit.check-in',
  run: async (ctx, input) => {
    const checkedIn = await refreshed(checkIn(ctx, input));
    if (checkedIn.appointmentTime) revalidatePath(paths.appointments);
    return checkedIn;
  },
  message: ({ visit, station, appointmentTime }) =>
    `Token ${visit.token}: ${visit.patientName} waits at ${STATION_LABEL[station]}${appointmentTime ? `, with the appointment at ${appointmentTime}` : ''}.`,
});

export const callPatientAction = staffAction({
  permission: 'queue:write',
  input: callInput,
  audit: 'queue.call',
  run: (ctx, input) => refreshed(callPatient(ctx, input)),
});

export const startStepAction = staffAction({
  permission: 'queue:write',
  input: entryInput,
  audit: 'queue.start',
  run: (ctx, { entryId }) => refreshed(startStep(ctx, entryId)),
});

export const completeStepAction = staffAction({
  permission: 'queue:write',
  input: entryInput,
  audit: 'queue.complete',
  run: (ctx, { entryId }) => refreshed(completeStep(ctx, entryId)),
  message: moved,
});

export const sendToAction = staffAction({
  permission: 'queue:write',
  input: sendInput,
  audit: 'queue.send',
  run: (ctx, input) => refreshed(sendTo(ctx, input)),
  message: moved,
});

export const requeueAction = staffAction({
  permission: 'queue:write',
  input: entryInput,
  audit: 'queue.requeue',
  run: (ctx, { entryId }) => refreshed(requeue(ctx, entryId)),
  message: ({ token }) => `Token ${token} is back in line.`,
});

export const undoAction = staffAction({
  permission: 'queue:write',
  input: undoInput,
  audit: 'queue.undo',
  run: (ctx, { entryId, status }) =>
    refreshed(status === 'waiting' ? undoMove(ctx, entryId) : undoCallOrStart(ctx, { entryId, status })),
  message: backAt,
});

export const changePriorityAction = staffAction({
  permission: 'queue:write',
  input: priorityInput,
  audit: 'visit.priority',
  run: (ctx, input) => refreshed(changePriority(ctx, input)),
  message: ({ token, priority }) => `Token ${token}: priority ${PRIORITY_LABEL[priority].toLowerCase()}.`,
});

export const leaveQueueAction = staffAction({
  permission: 'queue:write',
  input: leaveInput,
  audit: 'visit.leave',
  target: ({ visitId }) => `visit:${visitId}`,
  run: (ctx, input) => refreshed(leaveQueue(ctx, input)),
  message: ({ token, patientName }) => `Token ${token}, ${patientName}, has left.`,
});

export const reopenVisitAction = staffAction({
  permission: 'queue:write',
  input: visitInput,
  audit: 'visit.reopen',
  run: (ctx, { visitId }) => refreshed(reopenVisit(ctx, visitId)),
  message: backAt,
});

export const closeEarlierVisitsAction = staffAction({
  permission: 'queue:write',
  input: closeEarlierInput,
  audit: 'visit.close-earlier',
  entryAfter: 'Each visit that is closed has an entry of its own, and there may be none to close.',
  run: (ctx) => refreshed(closeEarlierVisits(ctx)),
  message: ({ closed }) => (closed === 1 ? 'One visit was closed.' : `${closed} visits were closed.`),
});
