import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';
import { NOTICE_CHOICES, NOTICE_KINDS } from './policy';

const KEPT_DAYS = 90;

/** Something that the company's people should know of; the key keeps one occasion from being told twice. */
const noticeSchema = new Schema(
  {
    key: { type: String, required: true },
    kind: { type: String, enum: NOTICE_KINDS, required: true },
    title: { type: String, required: true },
    detail: String,
    href: { type: String, required: true },
    /** The one person whom it is for; absent where everybody of the kind's roles is meant. */
    forId: Schema.Types.ObjectId,
    at: { type: Date, required: true },
    /** When those who want it at once were mailed. */
    mailedAt: Date,
  },
  { strict: 'throw' },
);
noticeSchema.index({ key: 1 }, { unique: true });
// the list and the bell: of some kinds, newest first
noticeSchema.index({ at: -1, _id: -1 });
// what has not been mailed
noticeSchema.index({ mailedAt: 1, at: 1 });
noticeSchema.index({ at: 1 }, { expireAfterSeconds: KEPT_DAYS * 24 * 3600 });

export const noticeModel = defineMasterModel('CompanyNotice', 'company_notices', noticeSchema);

/** One of the company's people: what they want to hear of, and up to when they have seen it. */
const readerSchema = new Schema(
  {
    /** Of the user. */
    _id: { type: Schema.Types.ObjectId, required: true },
    choices: { type: Map, of: { type: String, enum: NOTICE_CHOICES } },
    seenAt: Date,
    digestAt: Date,
    version: { type: Number, default: 0 },
  },
  { strict: 'throw' },
);

export const noticeReaderModel = defineMasterModel('NoticeReader', 'notice_readers', readerSchema);
