import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';

/**
 * A domain of an organization's e-mail addresses. A verified one has itself as `_id`, so it belongs to one
 * organization only; one that is merely asked for is `<organization>:<domain>` and blocks nobody.
 */
const emailDomainSchema = new Schema(
  {
    _id: { type: String, required: true },
    domain: { type: String, required: true },
    organizationId: { type: Schema.Types.ObjectId, required: true },
    /** What the DNS record must say. */
    token: { type: String, required: true },
    verifiedAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
// the organization's list
emailDomainSchema.index({ organizationId: 1, domain: 1 });

export const emailDomainModel = defineMasterModel('EmailDomain', 'email_domains', emailDomainSchema);

/**
 * Whom an organization's provider means by a subject. `_id` is the hash of organization, issuer and subject.
 */
const ssoIdentitySchema = new Schema(
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
ssoIdentitySchema.index({ userId: 1, organizationId: 1, issuer: 1 });

export const ssoIdentityModel = defineMasterModel('SsoIdentity', 'sso_identities', ssoIdentitySchema);
