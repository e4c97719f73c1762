import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/**
 * A link sent by mail: confirm an address, choose a new password, open a locked account. Only the hash is
 * kept.
 */
const schema = new Schema(
  {
    purpose: {
      type: String,
      enum: ['verify-email', 'reset-password', 'unlock', 'change-email', 'undo-email', 'own-organization'],
      required: true,
    },
    userId: { type: Schema.Types.ObjectId, required: true },
    tokenHash: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: Date,
    /** change-email and undo-email: the address that the account gets. */
    newEmail: String,
    /** own-organization: what the person becomes an owner of. */
    organizationId: Schema.Types.ObjectId,
  },
  { timestamps: true, strict: 'throw' },
);
schema.index({ tokenHash: 1 }, { unique: true });
schema.index({ userId: 1, purpose: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 7 * 24 * 3600 });

export const userTokenModel = defineMasterModel('UserToken', 'user_tokens', schema);
