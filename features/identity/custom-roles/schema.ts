import { z } from 'zod';
import { orNothing } from '@/lib/address-query';
import { version } from '@/lib/fields';
import { STAFF_ROLES } from '@/lib/master/vocabulary';

const roleId = z.string('Choose a role.').trim().max(24);
const name = z
  .string('Enter a name.')
  .trim()
  .min(2, 'Enter a name with at least 2 characters.')
  .max(40, 'Use at most 40 characters.');
/** Names of permissions; which of them may be given is the service's question. */
const permissions = z.array(z.string().max(60)).max(100).default([]);

/** Owners are owners: their role is the base of nothing else. */
export const BASE_ROLES = STAFF_ROLES.filter((role) => role !== 'owner');

export const createRoleInput = z.object({
  name,
  baseRole: z.enum(STAFF_ROLES, 'Choose the role that it stands on.'),
  permissions,
});
export type CreateRoleInput = z.output<typeof createRoleInput>;

export const updateRoleInput = z.object({
  roleId,
  name,
  permissions,
  version,
});
export type UpdateRoleInput = z.output<typeof updateRoleInput>;

export const deleteRoleInput = z.object({
  roleId,
  /** A built-in role or another custom role, for the people who have this one. */
  moveTo: z.string().trim().max(24).default(''),
});
export type DeleteRoleInput = z.output<typeof deleteRoleInput>;

/** `?from=` of a new role: what it is copied from. */
export const newRoleQuery = z.object({ from: orNothing(z.string().max(24)) });
