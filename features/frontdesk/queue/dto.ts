import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { branchIdOf } from '@/lib/branches';
import type { queueEntryModel, visitModel } from './model';
import { initialsOf } from './policy';

export type EntryRow = InferSchemaType<ReturnType<typeof queueEntryModel>['schema']> & {
  _id: Types.ObjectId;
};
export type VisitRow = InferSchemaType<ReturnType<typeof visitModel>['schema']> & { _id: Types.ObjectId };

/** One step of a visit, as the queue and the visit's page show it. */
export const toQueueEntry = (row: EntryRow) => ({
  id: row._id.toString(),
  visitId: row.visitId.toString(),
  patientId: row.patientId.toString(),
  patientName: row.patient.name,
  patientNumber: row.patient.number,
  sex: row.patient.sex,
  dateOfBirth: row.patient.dateOfBirth,
  day: row.day,
  token: row.token,
  sequence: row.sequence,
  station: row.station,
  status: row.status,
  priority: row.priority,
  waitingSince: row.waitingSince.toISOString(),
  queuedAt: row.queuedAt.toISOString(),
  readyAt: row.readyAt?.toISOString() ?? null,
  note: row.note ?? null,
  calledAt: row.calledAt?.toISOString() ?? null,
  startedAt: row.startedAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
  timesRequeued: row.timesRequeued,
  room: row.room ?? null,
  doctorId: row.doctorId?.toString() ?? null,
  doctorName: row.doctorName ?? null,
  byName: row.byName,
});
export type QueueEntry = ReturnType<typeof toQueueEntry>;

export const toVisit = (row: Omit<VisitRow, 'createdAt' | 'updatedAt'>) => ({
  id: row._id.toString(),
  patientId: row.patientId.toString(),
  patientName: row.patient.name,
  patientNumber: row.patient.number,
  sex: row.patient.sex,
  dateOfBirth: row.patient.dateOfBirth,
  branchId: branchIdOf(row),
  day: row.day,
  token: row.token,
  appointmentId: row.appointmentId?.toString() ?? null,
  doctorId: row.doctorId?.toString() ?? null,
  doctorName: row.doctorName ?? null,
  status: row.status,
  priority: row.priority,
  startedAt: row.startedAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
  leaveReason: row.leaveReason ?? null,
  checkedInByName: row.checkedInByName,
});
export type Visit = ReturnType<typeof toVisit>;

/** What a waiting room may see: a token and initials, never a name. */
export const toBoardToken = (row: EntryRow) => ({
  token: row.token,
  initials: initialsOf(row.patient.name),
  station: row.station,
  status: row.status,
  room: row.room ?? null,
  calledAt: row.calledAt?.toISOString() ?? null,
});
export type BoardToken = ReturnType<typeof toBoardToken>;
