import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from './define-tenant-model';

const schema = new Schema(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
  },
  { strict: 'throw', timestamps: true },
);

/** One row that says whose database this is; a handle that finds another name refuses to work. */
export const markerModel = defineTenantModel('TenantMarker', '_tenant', schema);
