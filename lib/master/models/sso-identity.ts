import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/**
 * Whom an organization's provider means by a subject. `_id` is the hash of organization, issuer and subject.
 */
const schema = new Schema(
  {
    _id: { type: String, required: true },
    organizationId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    issuer: { type: String, required: true },
    subject: { type: String, required: true },
    lastUsedAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
// whether a person is linked already
schema.index({ userId: 1, organizationId: 1, issuer: 1 });

export const ssoIdentityModel = defineMasterModel('SsoIdentity', 'sso_identities', schema);
