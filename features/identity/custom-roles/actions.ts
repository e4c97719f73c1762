'use server';
import { staffAction } from '@/lib/actions/staff';
import { createRoleInput, deleteRoleInput, updateRoleInput } from './schema';
import { createRole, deleteRole, updateRole } from './service';

export const createRoleAction = staffAction({
  permission: 'roles:write',
  input: createRoleInput,
  audit: 'role.create',
  run: (ctx, input) => createRole(ctx, input),
  message: 'Role created. Give it to people on the staff page.',
});

export const updateRoleAction = staffAction({
  permission: 'roles:write',
  input: updateRoleInput,
  audit: 'role.change',
  target: ({ roleId }) => `role:${roleId}`,
  run: (ctx, input) => updateRole(ctx, input),
  message: 'Role changed. It counts from the next click of everybody who has it.',
});

export const deleteRoleAction = staffAction({
  permission: 'roles:write',
  input: deleteRoleInput,
  audit: 'role.delete',
  target: ({ roleId }) => `role:${roleId}`,
  run: (ctx, input) => deleteRole(ctx, input),
  message: ({ moved }) => (moved > 0 ? `Role deleted, ${moved} moved.` : 'Role deleted.'),
});
