import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

const clock = { type: String, required: true } as const;

/** A doctor's week at a branch from a day on; the one before stays, for the days before. */
const scheduleSchema = new Schema(
  {
    doctorId: { type: Schema.Types.ObjectId, required: true },
    branchId: Schema.Types.ObjectId,
    fromDay: { type: String, required: true },
    hours: [{ weekday: { type: Number, required: true }, from: clock, to: clock, _id: false }],
    breaks: [{ from: clock, to: clock, _id: false }],
    slotMinutes: { type: Number, required: true },
    capacity: { type: Number, required: true },
    walkInPercent: { type: Number, required: true },
    savedByName: { type: String, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// the weeks of a doctor, the newest first; one from a day on at each branch
scheduleSchema.index({ doctorId: 1, fromDay: -1, branchId: 1 }, { unique: true });
export const scheduleModel = defineTenantModel('Schedule', 'schedules', scheduleSchema);

/** When a doctor is on leave, or, without a doctor, a holiday of all, at one branch or everywhere. */
const absenceSchema = new Schema(
  {
    doctorId: Schema.Types.ObjectId,
    /** Of a holiday that is one branch's alone, as text: the first has an id too. */
    onlyAt: String,
    fromDay: { type: String, required: true },
    toDay: { type: String, required: true },
    /** A part of each of the days. */
    from: String,
    to: String,
    reason: { type: String, default: '' },
    savedByName: { type: String, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// what has not ended before a day, in order
absenceSchema.index({ toDay: 1, fromDay: 1, _id: 1 });
export const absenceModel = defineTenantModel('Absence', 'absences', absenceSchema, {
  sensitive: ['reason'],
});
