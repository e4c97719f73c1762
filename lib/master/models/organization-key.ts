import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/**
 * The keys of an organization, wrapped by the key encryption key. Version 0 is the root of what must never
 * change (search indexes, the audit chain); 1 and up are data keys, the highest one writes. Destroying them
 * makes the ciphertexts unreadable.
 */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    version: { type: Number, required: true },
    wrapped: { type: String, required: true },
    /** Which key encryption key wrapped it; absent in rows of the first days. */
    kek: String,
    destroyedAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
schema.index({ organizationId: 1, version: 1 }, { unique: true });

export const organizationKeyModel = defineMasterModel('OrganizationKey', 'organization_keys', schema);
