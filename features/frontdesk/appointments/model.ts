import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { APPOINTMENT_STATUSES } from './policy';

const schema = new Schema(
  {
    patientId: { type: Schema.Types.ObjectId, required: true },
    patientName: { type: String, required: true },
    patientNumber: { type: String, required: true },
    doctorId: { type: Schema.Types.ObjectId, required: true },
    doctorName: { type: String, required: true },
    /** Where; absent at the first branch. */
    branchId: Schema.Types.ObjectId,
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    /** The calendar day of `startsAt` in the organization's time zone. */
    day: { type: String, required: true },
    status: { type: String, enum: APPOINTMENT_STATUSES, required: true },
    reason: String,
    notes: String,
    cancelReason: String,
    bookedByName: { type: String, required: true },
    movedFrom: { type: { startsAt: Date, doctorName: String, _id: false } },
    /** Why it was put outside of what was free. */
    overbookReason: String,
    /** Since when its doctor is not there any more at that time: the patient is to be called. */
    strandedAt: Date,
    version: { type: Number, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// a day in order of time; the week's loads
schema.index({ day: 1, startsAt: 1, _id: 1 });
// a day of one status in order of time; the day's counts
schema.index({ day: 1, status: 1, startsAt: 1, _id: 1 });
// a doctor's day in order of time: columns, free times, overlaps
schema.index({ doctorId: 1, day: 1, startsAt: 1, _id: 1 });
// a day by patient
schema.index({ day: 1, patientName: 1, _id: 1 });
// a day by doctor
schema.index({ day: 1, doctorName: 1, startsAt: 1, _id: 1 });
// a patient's appointments, newest first; the patient's overlaps
schema.index({ patientId: 1, startsAt: -1, _id: -1 });
// whom a change of hours has left without their time, the soonest first
schema.index(
  { status: 1, startsAt: 1, _id: 1 },
  { partialFilterExpression: { strandedAt: { $exists: true } } },
);

export const appointmentModel = defineTenantModel('Appointment', 'appointments', schema, {
  sensitive: ['reason', 'notes', 'cancelReason', 'overbookReason'],
});
