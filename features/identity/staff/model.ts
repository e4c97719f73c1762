import 'server-only';
import { Schema } from 'mongoose';
import { STAFF_ROLES } from '@/lib/master/vocabulary';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

/**
 * The staff directory of the organization, projected from the master's users and memberships. `_id` is the
 * user's id.
 */
const schema = new Schema(
  {
    name: { type: String, required: true },
    email: { type: String, required: true },
    role: { type: String, enum: STAFF_ROLES, required: true },
    isActive: { type: Boolean, required: true },
    /** The entry stays when a person leaves: old records keep a name. */
    hasLeft: { type: Boolean, default: false },
    /** Owners and admins may see patients too. */
    seesPatients: { type: Boolean, required: true },
    registrationNumber: String,
    phone: String,
    room: String,
  },
  { timestamps: true, strict: 'throw' },
);
// staff page: by name
schema.index({ hasLeft: 1, name: 1, _id: 1 });
// doctor pickers
schema.index({ seesPatients: 1, isActive: 1, name: 1 });

export const staffModel = defineTenantModel('StaffMember', 'users', schema);
