import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';
import { PLATFORM_ROLES } from '../vocabulary';

/** A person's identity. What they may do lives in memberships. */
const schema = new Schema(
  {
    email: { type: String, required: true },
    /** Lower-cased address: the key people sign in with. */
    emailKey: { type: String, required: true },
    name: { type: String, required: true },
    passwordHash: { type: String, required: true, select: false },
    emailVerifiedAt: Date,
    disabledAt: Date,
    platformRole: { type: String, enum: PLATFORM_ROLES },
    lastSignInAt: Date,
    /** Since when a second factor is asked for at sign-in; what it is lives in second_factors and passkeys. */
    secondFactorSince: Date,
    /** For changing users on a shared computer; argon2id. */
    pinHash: { type: String, select: false },
  },
  { timestamps: true, strict: 'throw' },
);
// sign-in, sign-up, invitation
schema.index({ emailKey: 1 }, { unique: true });

export const userModel = defineMasterModel('User', 'users', schema);
