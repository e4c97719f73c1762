import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/**
 * That a person has put an announcement away: rows of their own, since there may be as many as there are
 * staff.
 */
const schema = new Schema(
  {
    announcementId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
  },
  { strict: 'throw' },
);
// what a person has put away of those that are shown; how many have
schema.index({ announcementId: 1, userId: 1 }, { unique: true });

export const announcementDismissalModel = defineMasterModel(
  'AnnouncementDismissal',
  'announcement_dismissals',
  schema,
);
