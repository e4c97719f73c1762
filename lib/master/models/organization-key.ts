import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** A data key per organization, wrapped by the key encryption key. Destroying it makes the ciphertexts unreadable. */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    version: { type: Number, required: true },
    wrapped: { type: String, required: true },
    destroyedAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
schema.index({ organizationId: 1, version: 1 }, { unique: true });

export const organizationKeyModel = defineMasterModel('OrganizationKey', 'organization_keys', schema);
