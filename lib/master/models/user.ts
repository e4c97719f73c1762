import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';
import { PLATFORM_ROLES } from '../vocabulary';

/** A person's identity. What they may do lives in memberships. */
const schema = new Schema(
  {
    email: { type: String, required: true },
    /**
     * Lower-cased address: the key people sign in with. It belongs to the account that proved its mailbox.
     * Before that the row holds `unproved:<_id>` here and the address in `claimedEmailKey`, so that it blocks
     * nobody.
     */
    emailKey: { type: String, required: true },
    claimedEmailKey: String,
    name: { type: String, required: true },
    passwordHash: { type: String, required: true, select: false },
    emailVerifiedAt: Date,
    disabledAt: Date,
    platformRole: { type: String, enum: PLATFORM_ROLES },
    lastSignInAt: Date,
    /**
     * Since when a second factor is asked for at sign-in; what it is lives in second_factors and passkeys.
     */
    secondFactorSince: Date,
    /** When the newest second factor was added. */
    factorAddedAt: Date,
    /** The day of the newest change of the product that they have read of (content/changelog.md). */
    changesSeenOn: String,
    /** For changing users on a shared computer; argon2id. */
    pinHash: { type: String, select: false },
  },
  { timestamps: true, strict: 'throw' },
);
// sign-in, sign-up, invitation
schema.index({ emailKey: 1 }, { unique: true });
// sign-in, reset and proof of an address: who claims it without having proved it
schema.index({ claimedEmailKey: 1, createdAt: 1 }, { sparse: true });
// the company's team
schema.index({ platformRole: 1 }, { sparse: true });

export const userModel = defineMasterModel('User', 'users', schema);
