import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { PRIORITIES, STATIONS, STEP_STATUSES, VISIT_STATUSES } from './policy';

const id = Schema.Types.ObjectId;

/** The patient as known at check-in: enough for the queue to show without a second read. */
const patient = {
  type: new Schema(
    {
      name: { type: String, required: true },
      number: { type: String, required: true },
      sex: { type: String, required: true },
      dateOfBirth: { type: String, required: true },
    },
    { _id: false, strict: 'throw' },
  ),
  required: true,
};

const visitSchema = new Schema(
  {
    patientId: { type: id, required: true },
    patient,
    /** Where; absent at the first branch. */
    branchId: { type: id },
    /** The calendar day of check-in in the organization's time zone. */
    day: { type: String, required: true },
    /** From 1 each day, at each branch. */
    token: { type: Number, required: true },
    appointmentId: { type: id },
    doctorId: { type: id },
    doctorName: String,
    status: { type: String, enum: VISIT_STATUSES, required: true },
    priority: { type: String, enum: PRIORITIES, required: true },
    startedAt: { type: Date, required: true },
    /** Also when the patient left. */
    finishedAt: Date,
    leaveReason: String,
    checkedInByName: { type: String, required: true },
    /**
     * The day of the patient's visit before this one; none on the first. Written at check-in, for the
     * reports.
     */
    previousDay: String,
    /** The day of the patient's first visit. */
    firstDay: String,
  },
  { timestamps: true, strict: 'throw' },
);
// each token once a day at a branch; who is here today, in order of tokens
visitSchema.index({ day: 1, branchId: 1, token: 1 }, { unique: true });
// a patient's visits, newest first
visitSchema.index({ patientId: 1, startedAt: -1, _id: -1 });
// those who are through, newest first
visitSchema.index({ day: 1, finishedAt: -1, _id: -1 });
// how many were seen today; what an earlier day left open
visitSchema.index({ status: 1, day: 1 });

export const visitModel = defineTenantModel('Visit', 'visits', visitSchema, { sensitive: ['leaveReason'] });

/**
 * One row per patient and day while a visit is open, so that however many check in at once, one does. Rows
 * are removed, not changed: some servers keep a unique key that a document has given up by an update.
 */
const openVisitSchema = new Schema(
  { _id: { type: String, required: true }, visitId: { type: id, required: true } },
  { strict: 'throw' },
);

export const openVisitModel = defineTenantModel('OpenVisit', 'open_visits', openVisitSchema);

const entrySchema = new Schema(
  {
    visitId: { type: id, required: true },
    patientId: { type: id, required: true },
    patient,
    branchId: { type: id },
    day: { type: String, required: true },
    token: { type: Number, required: true },
    /** From 1 in each visit. */
    sequence: { type: Number, required: true },
    station: { type: String, enum: STATIONS, required: true },
    status: { type: String, enum: STEP_STATUSES, required: true },
    /** Waiting, called or in progress. */
    isOpen: { type: Boolean, required: true },
    priority: { type: String, enum: PRIORITIES, required: true },
    priorityRank: { type: Number, required: true },
    /** Since when the patient waits here. */
    waitingSince: { type: Date, required: true },
    /**
     * The place in the line; later than `waitingSince` after a call without an answer, and while drops work.
     */
    queuedAt: { type: Date, required: true },
    /** Dilation: when the pupils should be wide. */
    readyAt: Date,
    /** Dilation: when the clock sent the patient back. Kept when that is undone, so that it happens once. */
    returnedAt: Date,
    /** Dilation: which drops. */
    note: String,
    calledAt: Date,
    startedAt: Date,
    endedAt: Date,
    timesRequeued: { type: Number, required: true },
    room: String,
    doctorId: { type: id },
    doctorName: String,
    byUserId: { type: String, required: true },
    byName: { type: String, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// the queue of a day in order of turn
entrySchema.index({ day: 1, isOpen: 1, priorityRank: 1, queuedAt: 1, _id: 1 });
// the steps of a visit in order; no step twice
entrySchema.index({ visitId: 1, sequence: 1 }, { unique: true });
// the open step of a visit
entrySchema.index({ visitId: 1, isOpen: 1 });

export const queueEntryModel = defineTenantModel('QueueEntry', 'queue_entries', entrySchema, {
  sensitive: ['note'],
});

/** One document, whose version grows with every change of the queue: what the live streams look at. */
const stateSchema = new Schema(
  { _id: { type: String, required: true }, version: { type: Number, required: true } },
  { strict: 'throw' },
);

export const queueStateModel = defineTenantModel('QueueState', 'queue_state', stateSchema);
