import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';
import { PLAN_IDS } from '../vocabulary';

/** A line above every page of the hospitals that it is for, from and until a time. */
const schema = new Schema(
  {
    kind: { type: String, enum: ['maintenance', 'feature', 'notice'], required: true },
    title: { type: String, required: true },
    text: { type: String, required: true },
    /** Empty for every plan. */
    plans: [{ type: String, enum: PLAN_IDS }],
    /** Empty for every organization of the plans. */
    organizationIds: [Schema.Types.ObjectId],
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    createdByName: { type: String, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// what is shown now
schema.index({ endsAt: 1, startsAt: 1 });
// the company's list, newest first
schema.index({ startsAt: -1, _id: -1 });

export const announcementModel = defineMasterModel('Announcement', 'announcements', schema);
