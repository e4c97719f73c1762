import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';
import { PLAN_IDS } from '@/lib/master/vocabulary';

/** A line above every page of the hospitals that it is for, from and until a time. */
const announcementSchema = new Schema(
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
announcementSchema.index({ endsAt: 1, startsAt: 1 });
// the company's list, newest first
announcementSchema.index({ startsAt: -1, _id: -1 });

export const announcementModel = defineMasterModel('Announcement', 'announcements', announcementSchema);

/**
 * That a person has put an announcement away: rows of their own, since there may be as many as there are
 * staff.
 */
const announcementDismissalSchema = new Schema(
  {
    announcementId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
  },
  { strict: 'throw' },
);
// what a person has put away of those that are shown; how many have
announcementDismissalSchema.index({ announcementId: 1, userId: 1 }, { unique: true });

export const announcementDismissalModel = defineMasterModel(
  'AnnouncementDismissal',
  'announcement_dismissals',
  announcementDismissalSchema,
);
