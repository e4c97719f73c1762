import { describe, expect, it } from 'vitest';
import {
  ADMINISTERS,
  customRolePermissions,
  GRANTABLE,
  PERMISSIONS,
  type Permission,
  readPermissions,
  roleCan,
} from '@/lib/auth/permissions';
import { STAFF_ROLES } from '@/lib/master/vocabulary';
import { GRANTABLE_GROUPS, neededFor, PERMISSION_GROUPS, PERMISSION_LABEL, withNeeded } from './policy';

const owners = (permission: Permission) => STAFF_ROLES.filter((role) => roleCan(role, permission));

describe('what a custom role may hold', () => {
  it('is everything but what the table leaves to the owner alone', () => {
    const left = PERMISSIONS.filter((one) => !GRANTABLE.includes(one));
    expect(left).toEqual([
      'online-payments:write',
      'single-sign-on:write',
      'database:write',
      'billing:write',
      'organization:export',
      'organization:close',
      'support-access:manage',
    ]);
    expect(left.every((one) => owners(one).join() === 'owner')).toBe(true);
    expect(ADMINISTERS).toEqual(['staff:write', 'roles:write', 'settings:write']);
  });

  it('leaves out what the product no longer knows and what was never to be given', () => {
    expect(readPermissions(['patients:read', 'xray:read', 'billing:write', '__proto__'])).toEqual([
      'patients:read',
    ]);
  });

  it('is cut down to the base role without the plan, and never grows', () => {
    const role = {
      baseRole: 'receptionist' as const,
      permissions: ['today:read', 'patients:read', 'reports:read'],
    };
    expect(customRolePermissions(role, 'professional')).toEqual(role.permissions);
    expect(customRolePermissions(role, 'enterprise')).toEqual(role.permissions);
    expect(customRolePermissions(role, 'starter')).toEqual(['today:read', 'patients:read']);
  });
});

describe('permissions in words', () => {
  it('are all in the matrix, each once, with words of their own', () => {
    const shown = PERMISSION_GROUPS.flatMap(({ permissions }) => permissions);
    expect([...shown].sort()).toEqual([...PERMISSIONS].sort());
    expect(GRANTABLE_GROUPS.flatMap(({ permissions }) => permissions)).toHaveLength(GRANTABLE.length);
    expect(new Set(Object.values(PERMISSION_LABEL)).size).toBe(PERMISSIONS.length);
  });

  it('bring along what they need', () => {
    expect(withNeeded(['files:delete'])).toEqual(['today:read', 'files:read', 'files:write', 'files:delete']);
    expect(withNeeded([])).toEqual(['today:read']);
    expect(neededFor('roles:write')).toBe('settings:read');
    expect(neededFor('reports:read')).toBeNull();
  });
});
