import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';
import { STAFF_ROLES } from '../vocabulary';

/** An invitation to join an organization: single use, bound to the address, only the token's hash is kept. */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    email: { type: String, required: true },
    emailKey: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, enum: STAFF_ROLES, required: true },
    customRoleId: Schema.Types.ObjectId,
    tokenHash: { type: String, required: true },
    status: { type: String, enum: ['pending', 'accepted', 'revoked', 'expired'], required: true },
    invitedById: { type: Schema.Types.ObjectId, required: true },
    expiresAt: { type: Date, required: true },
    acceptedAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
// /invitations/[token]
schema.index({ tokenHash: 1 }, { unique: true });
// is this address invited already; that there is one is kept by the transaction that takes the seat
schema.index({ organizationId: 1, emailKey: 1, status: 1 });
// staff page: pending invitations of the organization
schema.index({ organizationId: 1, status: 1, createdAt: -1 });

export const invitationModel = defineMasterModel('Invitation', 'invitations', schema);
