import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '../define-master-model';
import { STAFF_ROLES } from '../vocabulary';

/**
 * A role that an organization defined: a name, the built-in role that it stands on, and what it may do, one
 * by one.
 */
const schema = new Schema(
  {
    organizationId: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true },
    nameKey: { type: String, required: true },
    /**
     * Decides the home page, what is offered first, and what the directory says the person is. Never changes.
     */
    baseRole: { type: String, enum: STAFF_ROLES, required: true },
    /** As written; names that the product no longer knows are left out when it is read. */
    permissions: { type: [String], required: true },
    /** Counts changes, so that two people who edit at once do not overwrite each other. */
    revision: { type: Number, required: true, default: 1 },
    /** Written when the role is given to somebody, so that it cannot be deleted at the same moment. */
    givenAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
// the organization's roles by name; that a name is there once is kept by the transaction that writes it
schema.index({ organizationId: 1, nameKey: 1 });

export const customRoleModel = defineMasterModel('CustomRole', 'custom_roles', schema);
