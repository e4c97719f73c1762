import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** A sign-in. The JWT names it; revoking the row ends the session at the next request. */
const schema = new Schema(
  {
    _id: { type: String, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    organizationId: { type: Schema.Types.ObjectId, default: null },
    /** The branch that the person works at in this session, once they have chosen one. */
    branchId: Schema.Types.ObjectId,
    /** One of the company's people in a hospital's workspace; the grant is read again at each request. */
    supportGrantId: Schema.Types.ObjectId,
    expiresAt: { type: Date, required: true },
    revokedAt: Date,
    /** How it ended, when not by being revoked. */
    endedBy: { type: String, enum: ['idle', 'switch'] },
    /** The shared computer that it was opened at. */
    deviceId: String,
    /** Since when it waits there for its person's PIN; until then it opens nothing. */
    lockedAt: Date,
    /** The last thing the person did, to half a minute; polling does not count. */
    lastSeenAt: Date,
    method: {
      type: String,
      enum: ['password', 'second-factor', 'passkey', 'switch', 'single-sign-on', 'pin'],
    },
    /** Opened again with a PIN at a shared computer; `method` stays what the sign-in was, and what it may. */
    isReturn: Boolean,
    /** The way in counts as a second factor by itself: the organization's provider has asked for one. */
    isStrong: { type: Boolean, default: false },
    ip: String,
    userAgent: String,
  },
  { timestamps: true, strict: 'throw' },
);
// sign-in list of a person; revoke all
schema.index({ userId: 1, createdAt: -1 });
// who can come back at a shared computer
schema.index({ deviceId: 1, lockedAt: -1 }, { sparse: true });
// rows of ended sessions go by themselves
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 30 * 24 * 3600 });

export const sessionModel = defineMasterModel('Session', 'sessions', schema);
