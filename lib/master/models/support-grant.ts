import 'server-only';
import { Schema } from 'mongoose';
import { SUPPORT_SCOPES } from '../../auth/support';
import { defineMasterModel } from '../define-master-model';

const person = () => new Schema({ id: String, name: String }, { _id: false, id: false, strict: 'throw' });

/** One stay of a support person in an organization's workspace. */
const visit = new Schema(
  {
    sessionId: { type: String, required: true },
    person: { type: person(), required: true },
    enteredAt: { type: Date, required: true },
    endedAt: Date,
    endedBy: { type: String, enum: ['support', 'owner', 'time'] },
  },
  { _id: false, strict: 'throw' },
);

/** The organization's consent: asked for by support or given unasked, until a time, with a reason. */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    state: {
      type: String,
      enum: ['requested', 'withdrawn', 'refused', 'granted', 'revoked', 'expired'],
      required: true,
    },
    reason: { type: String, required: true },
    scope: { type: String, enum: SUPPORT_SCOPES, required: true },
    durationMinutes: { type: Number, required: true },
    /**
     * null when the owner gave access without being asked: then it is for any person of support who looks
     * into it.
     */
    requestedBy: { type: person(), default: null },
    decidedBy: { type: person(), default: null },
    decidedAt: Date,
    expiresAt: Date,
    endedAt: Date,
    visits: { type: [visit], default: [] },
  },
  { timestamps: true, strict: 'throw' },
);
// the owner's page and the organization's page of the platform: newest first
schema.index({ organizationId: 1, createdAt: -1, _id: -1 });
// may this person enter now; is there an open request already
schema.index({ organizationId: 1, state: 1, expiresAt: -1 });

export const supportGrantModel = defineMasterModel('SupportGrant', 'support_grants', schema);
