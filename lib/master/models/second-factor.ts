import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/**
 * A person's authenticator app and recovery codes. `_id` is the user's. The secrets are sealed, the codes
 * hashed.
 */
const schema = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    totpSecret: String,
    totpAddedAt: Date,
    /** The last time step that was accepted: a code works once. */
    totpStep: { type: Number, default: 0 },
    /** Shown as a QR code, not confirmed yet. */
    pendingSecret: String,
    pendingUntil: Date,
    recoveryHashes: { type: [String], default: [] },
  },
  { timestamps: true, strict: 'throw' },
);

export const secondFactorModel = defineMasterModel('SecondFactor', 'second_factors', schema);
