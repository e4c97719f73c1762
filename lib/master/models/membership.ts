import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';
import { STAFF_ROLES } from '../vocabulary';

/** A person's place in an organization. */
const schema = new Schema(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    organizationId: { type: Schema.Types.ObjectId, required: true },
    role: { type: String, enum: STAFF_ROLES, required: true },
    /** Its permissions count instead of the role's, which is then its base. */
    customRoleId: Schema.Types.ObjectId,
    status: { type: String, enum: ['active', 'suspended'], required: true },
    lastUsedAt: Date,
    /** Where the person may work; absent where that is everywhere. */
    branchIds: { type: [Schema.Types.ObjectId], default: undefined },
    /** Where they worked last, for the next sign-in. */
    lastBranchId: Schema.Types.ObjectId,
    /**
     * Set when an administrator freed the person of lost factors: only factors added after this count here.
     */
    factorsFrom: Date,
  },
  { timestamps: true, strict: 'throw' },
);
// the gate: is this person a member; and one membership each
schema.index({ userId: 1, organizationId: 1 }, { unique: true });
// staff page
schema.index({ organizationId: 1, status: 1 });

export const membershipModel = defineMasterModel('Membership', 'memberships', schema);
