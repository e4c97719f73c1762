import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';
import { PLATFORM_ROLES } from '@/lib/master/vocabulary';

/** An invitation into the company's team: single use, bound to the address; only the token's hash is kept. */
const schema = new Schema(
  {
    email: { type: String, required: true },
    emailKey: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, enum: PLATFORM_ROLES, required: true },
    tokenHash: { type: String, required: true },
    status: { type: String, enum: ['pending', 'accepted', 'revoked'], required: true },
    invitedById: { type: Schema.Types.ObjectId, required: true },
    sentAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    acceptedAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
// /platform/invitations/[token]
schema.index({ tokenHash: 1 }, { unique: true });
// one open invitation for an address
schema.index({ emailKey: 1 }, { unique: true, partialFilterExpression: { status: 'pending' } });
// team page: those without an answer, newest first
schema.index({ status: 1, createdAt: -1 });

export const teamInvitationModel = defineMasterModel('TeamInvitation', 'team_invitations', schema);
