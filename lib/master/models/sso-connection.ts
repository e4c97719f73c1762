import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';
import { STAFF_ROLES } from '../vocabulary';

/** An organization's own OpenID provider. `_id` is the organization's. */
const schema = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    issuer: { type: String, required: true },
    clientId: { type: String, required: true },
    /** Sealed. */
    clientSecret: { type: String, required: true },
    /** When the provider last answered a test of exactly these values. */
    testedAt: Date,
    /** Passwords and passkeys open nothing here, but for the people below. */
    isEnforced: { type: Boolean, default: false },
    breakGlassIds: { type: [Schema.Types.ObjectId], default: [] },
    /** Makes accounts for people of the verified domains. */
    isJustInTime: { type: Boolean, default: false },
    defaultRole: { type: String, enum: STAFF_ROLES, default: 'receptionist' },
    /** The provider asks for a second factor by itself, also where its tokens do not say so. */
    countsAsSecondFactor: { type: Boolean, default: false },
  },
  { timestamps: true, strict: 'throw' },
);

export const ssoConnectionModel = defineMasterModel('SsoConnection', 'sso_connections', schema);
