import { describe, expect, it } from 'vitest';
import type { Access, Permission } from '@/lib/auth/permissions';
import { STAFF_ROLES } from '@/lib/master/vocabulary';
import {
  accessShrinks,
  assignableRoles,
  canChangeRole,
  canDefine,
  canEditProfile,
  canGive,
  canManage,
  isFull,
  keepChoices,
  ROLE_HINT,
  ROLE_LABEL,
  seatsLabel,
  worksAt,
} from './policy';

const person = (role: (typeof STAFF_ROLES)[number], userId: string = role) => ({ userId, role });

describe('who may change whom', () => {
  it('lets nobody change themselves, not even the last owner', () => {
    for (const role of STAFF_ROLES) expect(canManage(person(role), person(role)).allowed).toBe(false);
  });

  it('lets only owners manage owners and administrators', () => {
    expect(canManage(person('owner'), person('owner', 'other')).allowed).toBe(true);
    expect(canManage(person('owner'), person('admin')).allowed).toBe(true);
    expect(canManage(person('admin'), person('owner')).allowed).toBe(false);
    expect(canManage(person('admin'), person('admin', 'other')).allowed).toBe(false);
    expect(canManage(person('admin'), person('doctor')).allowed).toBe(true);
  });

  it('lets nobody without staff:write change anybody', () => {
    for (const role of ['doctor', 'optometrist', 'receptionist', 'pharmacist'] as const) {
      expect(canManage(person(role), person('receptionist', 'other')).allowed).toBe(false);
      expect(assignableRoles({ role })).toEqual([]);
    }
  });

  it('keeps an administrator from making administrators', () => {
    expect(canGive({ role: 'admin' }, { role: 'admin' }).allowed).toBe(false);
    expect(canGive({ role: 'admin' }, { role: 'doctor' }).allowed).toBe(true);
    expect(canChangeRole(person('admin'), person('doctor'), { role: 'admin' }).allowed).toBe(false);
    expect(canChangeRole(person('owner'), person('doctor'), { role: 'admin' }).allowed).toBe(true);
  });

  it('ends sessions only when access shrinks', () => {
    expect(accessShrinks({ role: 'admin' }, { role: 'doctor' })).toBe(true);
    expect(accessShrinks({ role: 'doctor' }, { role: 'admin' })).toBe(false);
    expect(accessShrinks({ role: 'owner' }, { role: 'admin' })).toBe(true);
    expect(accessShrinks({ role: 'receptionist' }, { role: 'receptionist' })).toBe(false);
  });
});

describe('custom roles', () => {
  const lead: Access = {
    role: 'receptionist',
    customRole: { permissions: ['today:read', 'patients:read', 'staff:read', 'staff:write'] },
  };
  const clerk: Access = { role: 'doctor', customRole: { permissions: ['today:read', 'patients:read'] } };
  const settings: Access = {
    role: 'receptionist',
    customRole: { permissions: ['today:read', 'settings:read', 'settings:write'] },
  };

  it('count instead of the base role, in both directions', () => {
    expect(canEditProfile(lead)).toBe(true);
    expect(canEditProfile({ role: 'admin', customRole: { permissions: ['today:read'] } })).toBe(false);
    expect(accessShrinks({ role: 'doctor' }, clerk)).toBe(true);
    expect(accessShrinks(clerk, { role: 'doctor' })).toBe(false);
  });

  it('are given by nobody who may do less', () => {
    expect(canGive(lead, clerk).allowed).toBe(true);
    expect(canGive(lead, { role: 'doctor' }).allowed).toBe(false);
    expect(assignableRoles(lead)).toEqual([]);
    expect(canGive(clerk, clerk).allowed).toBe(false);
  });

  it('are for owners alone to give, define and take when they decide about others', () => {
    for (const privileged of [lead, settings, { role: 'admin', customRole: clerk.customRole } as Access]) {
      expect(canGive({ role: 'admin' }, privileged).allowed).toBe(false);
      expect(canGive({ role: 'owner' }, privileged).allowed).toBe(true);
      expect(canDefine({ role: 'admin' }, null, privileged).allowed).toBe(false);
      expect(canDefine({ role: 'admin' }, privileged, clerk).allowed).toBe(false);
      expect(canDefine({ role: 'owner' }, clerk, privileged).allowed).toBe(true);
      expect(canManage(person('admin'), { ...privileged, userId: 'other' }).allowed).toBe(false);
    }
    expect(canManage({ ...lead, userId: 'a' }, { ...clerk, userId: 'b' }).allowed).toBe(true);
  });

  it('grow only by what the person who edits them holds', () => {
    const definer: Access = {
      role: 'doctor',
      customRole: { permissions: ['today:read', 'patients:read', 'settings:read', 'roles:write'] },
    };
    const more = (extra: Permission): Access => ({
      role: 'doctor',
      customRole: { permissions: ['today:read', extra] },
    });
    expect(canDefine(definer, null, clerk).allowed).toBe(true);
    expect(canDefine(definer, clerk, more('reports:read')).allowed).toBe(false);
    // What was there before is not given by the person who renames the role.
    expect(canDefine(definer, more('reports:read'), more('reports:read')).allowed).toBe(true);
  });
});

describe('seats in words', () => {
  it('says how many are used', () => {
    expect(seatsLabel({ used: 3, limit: 5 })).toBe('3 of 5 staff accounts used');
    expect(seatsLabel({ used: 1, limit: null })).toBe('1 staff account used, no limit');
    expect(isFull({ used: 5, limit: 5 })).toBe(true);
    expect(isFull({ used: 50, limit: null })).toBe(false);
  });

  it('has a label and a hint for each role', () => {
    expect(STAFF_ROLES.every((role) => ROLE_LABEL[role] && ROLE_HINT[role])).toBe(true);
  });
});

it('says of who is kept to a closed branch that they are, and keeps it when something else is chosen', () => {
  const branches = [
    { id: 'a', name: 'Main', isOpen: true },
    { id: 'b', name: 'Hebbal', isOpen: false },
    { id: 'c', name: 'Old', isOpen: false },
  ];
  expect(worksAt({ branchIds: [] }, branches)).toBe('All');
  expect(worksAt({ branchIds: ['a', 'b'] }, branches)).toBe('Main, Hebbal (closed)');
  expect(worksAt({ branchIds: ['b'] }, branches)).not.toBe('All');
  expect(keepChoices({ branchIds: ['b'] }, branches)).toEqual([
    { value: 'a', label: 'Main' },
    { value: 'b', label: 'Hebbal (closed)' },
  ]);
});
