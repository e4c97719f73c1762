import { describe, expect, it } from 'vitest';
import { STAFF_ROLES } from '@/lib/master/vocabulary';
import {
  accessShrinks,
  assignableRoles,
  canChangeRole,
  canInvite,
  canManage,
  isFull,
  ROLE_HINT,
  ROLE_LABEL,
  seatsLabel,
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
      expect(assignableRoles(role)).toEqual([]);
    }
  });

  it('keeps an administrator from making administrators', () => {
    expect(canInvite('admin', 'admin').allowed).toBe(false);
    expect(canInvite('admin', 'doctor').allowed).toBe(true);
    expect(canChangeRole(person('admin'), person('doctor'), 'admin').allowed).toBe(false);
    expect(canChangeRole(person('owner'), person('doctor'), 'admin').allowed).toBe(true);
  });

  it('ends sessions only when access shrinks', () => {
    expect(accessShrinks('admin', 'doctor')).toBe(true);
    expect(accessShrinks('doctor', 'admin')).toBe(false);
    expect(accessShrinks('owner', 'admin')).toBe(true);
    expect(accessShrinks('receptionist', 'receptionist')).toBe(false);
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
