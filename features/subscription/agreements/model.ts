import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';
import { AGREEMENTS } from './policy';

/** Who bound an organization to which version of an agreement, when and from where. Never changed. */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    agreement: { type: String, enum: AGREEMENTS, required: true },
    version: { type: String, required: true },
    /** Of the file that was shown. */
    sha256: { type: String, required: true },
    name: { type: String, required: true },
    email: { type: String, required: true },
    ip: { type: String, required: true },
    acceptedAt: { type: Date, required: true },
    /** It was given by somebody who turned out not to hold the mailbox. */
    voidedAt: Date,
  },
  { timestamps: false, strict: 'throw' },
);
schema.index({ organizationId: 1, acceptedAt: -1 });
schema.index({ userId: 1 });

export const acceptanceModel = defineMasterModel('Acceptance', 'acceptances', schema);
