import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';
import { PROVIDERS } from '../vocabulary';

/**
 * A cluster that we meant to make at a vendor, written before the vendor is asked: only what stands here is
 * ever adopted.
 * Atlas, whose clusters live in projects, has a table of its own (cloud.ts).
 */
const schema = new Schema(
  {
    /** The cluster's name at the vendor. */
    _id: { type: String, required: true },
    provider: { type: String, enum: PROVIDERS, required: true, immutable: true },
    organizationId: { type: Schema.Types.ObjectId, required: true, immutable: true },
    /** Of the user that makes the others there; sealed. */
    adminPassword: { type: String, required: true },
    /** Written before the request that makes it. */
    requestedAt: Date,
    removedAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);

export const vendorClusterModel = defineMasterModel('VendorCluster', 'vendor_clusters', schema);
