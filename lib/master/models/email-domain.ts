import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/**
 * A domain of an organization's e-mail addresses. A verified one has itself as `_id`, so it belongs to one
 * organization only; one that is merely asked for is `<organization>:<domain>` and blocks nobody.
 */
const schema = new Schema(
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
schema.index({ organizationId: 1, domain: 1 });

export const emailDomainModel = defineMasterModel('EmailDomain', 'email_domains', schema);
