import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** A WebAuthn credential. `_id` is the credential id that the authenticator made. */
const schema = new Schema(
  {
    _id: { type: String, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true },
    /** Base64url; public, so not sealed. */
    publicKey: { type: String, required: true },
    counter: { type: Number, required: true },
    transports: { type: [String], default: [] },
    isBackedUp: { type: Boolean, default: false },
    lastUsedAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
// a person's passkeys
schema.index({ userId: 1, createdAt: 1 });

export const passkeyModel = defineMasterModel('Passkey', 'passkeys', schema);
