import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';

/** What we meant to make at a vendor, written before it is asked: only what stands here is ever adopted. */
const cluster = new Schema(
  {
    /** The cluster's name at the vendor. */
    _id: { type: String, required: true },
    organizationId: { type: Schema.Types.ObjectId, required: true },
    project: { type: String, required: true },
    tier: { type: String, enum: ['flex', 'dedicated'], required: true },
    /** Which of the configured regions; the next one when this one has no capacity. */
    region: { type: Number, default: 0 },
    /** Written before the request that makes it. */
    requestedAt: Date,
    removedAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
export const cloudClusterModel = defineMasterModel('CloudCluster', 'cloud_clusters', cluster);

/** A vendor's project holds a bounded number of clusters; when it is full the next one is made. */
const project = new Schema(
  {
    _id: { type: String, required: true },
    number: { type: Number, required: true },
    externalId: String,
    clusters: { type: Number, default: 0 },
    isFull: { type: Boolean, default: false },
    /** Some calls must not overlap within a project; only the holder of this lock may make them. */
    lockedUntil: Date,
  },
  { timestamps: true, strict: 'throw' },
);
export const cloudProjectModel = defineMasterModel('CloudProject', 'cloud_projects', project);
