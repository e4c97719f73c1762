import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';

/** A report that a person gets by mail again and again. When and to whom; never what is in it. */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    every: { type: String, enum: ['day', 'week'], required: true },
    /** 1 Monday to 7 Sunday; of a weekly one. */
    weekday: { type: Number, required: true, min: 1, max: 7 },
    /** Of the organization's day. */
    hour: { type: Number, required: true, min: 0, max: 23 },
    nextAt: { type: Date, required: true },
    /** The day, in the organization's time zone, of the last one that was dealt with. */
    sentOn: String,
    /** When one went out last; not set by one that nobody may get any more. */
    lastSentAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
// one a person and organization
schema.index({ userId: 1, organizationId: 1 }, { unique: true });
// what is due
schema.index({ nextAt: 1 });
// /settings/report-mails: all of an organization, the next first
schema.index({ organizationId: 1, nextAt: 1, _id: 1 });

export const reportMailModel = defineMasterModel('ReportMail', 'report_mails', schema);
